#!/usr/bin/env python3
"""Makes a spec whose features are prepared in every way that numbers and categories can be, and what scikit-learn makes
of the same records.

preparation.yaml holds the spec, with what was fitted; preparation.csv holds the fields of each record (raw.NAME, an empty
cell is a missing value) and beside them every column of the spec. Made with scikit-learn 1.2. The hash columns follow the
definition of Java's String.hashCode, which scikit-learn does not have.

    make_preparation.py [FOLDER]     the folder, by default ../resources/golden, beside this script
"""
import sys
from pathlib import Path

import numpy as np
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, OneHotEncoder, StandardScaler

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "resources" / "golden"
CHANNELS = ["web", "pos", "phone"]


def records(rows, seed, gaps):
    draw = np.random.default_rng(seed)
    amount = np.round(draw.lognormal(3, 1.5, rows), 2)
    age = draw.integers(18, 95, rows).astype(float)
    channel = draw.choice(CHANNELS + (["fax"] if gaps else []), rows).astype(object)
    if gaps:
        amount[draw.random(rows) < 0.2] = np.nan
        age[draw.random(rows) < 0.2] = np.nan
        channel[draw.random(rows) < 0.2] = None
        amount[:3] = [0, 1e7, 0.01]
    return amount.reshape(-1, 1), age.reshape(-1, 1), channel.reshape(-1, 1)


def log():
    return FunctionTransformer(np.log1p)


def number(value):
    return repr(float(value))


def java_hash(text, buckets):
    value = 0
    for character in text:
        value = (31 * value + ord(character)) & 0xFFFFFFFF
    return (value - (1 << 32) if value >= 1 << 31 else value) % buckets


def one_hot(channel):
    """OneHotEncoder gives 0 for what it does not know; a missing value stays missing here."""
    encoder = OneHotEncoder(categories=[CHANNELS], handle_unknown="ignore", sparse=False).fit([["web"]])
    known = np.array([[each is not None] for each in channel[:, 0]])
    return np.where(known, encoder.transform(np.where(known, channel, "fax")), np.nan)


def imputed(channel, by):
    return SimpleImputer(missing_values=None, strategy="constant", fill_value=by).fit_transform(channel)


def hashed(texts, buckets):
    return np.array([[float(java_hash(text, buckets) == b) for b in range(buckets)] for text in texts[:, 0]])


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    amount, age, _ = records(500, 1, False)
    new_amount, new_age, new_channel = records(60, 2, True)

    standard = StandardScaler().fit(age)
    ranged = MinMaxScaler().fit(age)
    clipped = MinMaxScaler(clip=True).fit(log().transform(amount))
    whole = make_pipeline(SimpleImputer(strategy="constant", fill_value=12.5), log(), StandardScaler()).fit(amount)
    flag = MissingIndicator(features="all").fit(amount)
    scaled = "{field: age, name: %s, %s}"
    features = [
        ("age", None, new_age, ["age"]),
        (scaled % ("standard", f"mean: {number(standard.mean_[0])}, scale: {number(standard.scale_[0])}"), standard,
         new_age, ["standard"]),
        (scaled % ("ranged", f"min: {number(ranged.data_min_[0])}, max: {number(ranged.data_max_[0])}"), ranged,
         new_age, ["ranged"]),
        ("{field: amount, name: logged, log: true}", log(), new_amount, ["logged"]),
        ("{field: amount, name: clipped, log: true, min: %s, max: %s, clip: true}"
         % (number(clipped.data_min_[0]), number(clipped.data_max_[0])),
         make_pipeline(log(), clipped), new_amount, ["clipped"]),
        ("{field: amount, name: whole, missing: 12.5, log: true, mean: %s, scale: %s, missingFlag: true}"
         % (number(whole[-1].mean_[0]), number(whole[-1].scale_[0])),
         FunctionTransformer(lambda x: np.hstack([whole.transform(x), flag.transform(x)])), new_amount,
         ["whole", "whole.missing"]),
        ("{field: channel, oneHot: [web, pos, phone]}", FunctionTransformer(one_hot), new_channel,
         [f"channel={each}" for each in CHANNELS]),
        ("{field: channel, name: known, oneHot: [web, pos, phone], missing: web}",
         FunctionTransformer(lambda x: one_hot(imputed(x, "web"))), new_channel,
         [f"known={each}" for each in CHANNELS]),
        ("{field: channel, name: bucket, hash: 4, missing: none, missingFlag: true}",
         FunctionTransformer(lambda x: np.hstack([hashed(imputed(x, "none"), 4), x == None])),  # noqa: E711
         new_channel, [f"bucket#{b}" for b in range(4)] + ["bucket.missing"]),
    ]
    spec = ["# Made by make_preparation.py.", "ensemble: prepared", "events: {topic: t, id: id, time: at}", "features:"]
    spec += [f"  - {text}" for text, *_ in features]
    spec += ["members:", "  m: {onnx: m.onnx}"]
    (FOLDER / "preparation.yaml").write_text("\n".join(spec) + "\n")

    names = ["raw.amount", "raw.age", "raw.channel"] + [name for *_, columns in features for name in columns]
    prepared = np.hstack([source if how is None else how.transform(source) for _, how, source, _ in features])
    lines = [",".join(names)]
    for row in range(len(new_amount)):
        raw = [new_amount[row, 0], new_age[row, 0]]
        cells = ["" if np.isnan(value) else number(value) for value in raw]
        cells.append(new_channel[row, 0] or "")
        cells += ["" if np.isnan(value) else number(value) for value in prepared[row].astype(float)]
        lines.append(",".join(cells))
    (FOLDER / "preparation.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
