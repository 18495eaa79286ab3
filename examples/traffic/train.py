#!/usr/bin/env python3
"""Trains the recurrent and the boosted member of the traffic ensemble on a recorded file.

Both are judged on the last fifth of the rows by time, beside the two rules, trained again on all rows, written where the
spec says, read back and compared with what was trained, and their checksums are put into the spec. Rows whose truth is
not known are left out; the recurrent member is trained on rows with all readings, for it is silent on the others.
"""
import argparse
import hashlib
import io
import os
import re
import shutil
import sys
import zipfile
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # one thread sums in one order: the same files every time

import numpy as np
import pandas as pd
import torch
import xgboost
import yaml

READINGS = [f"reading_{i}" for i in range(12)]


class Recurrent(torch.nn.Module):
    """A GRU over the readings, oldest first, and a layer over its last state and the calendar. Gives vehicles."""

    def __init__(self, level: float):
        super().__init__()
        self.level = level
        self.gru = torch.nn.GRU(1, 12, batch_first=True)
        self.layers = torch.nn.Sequential(torch.nn.Linear(12 + 6, 24), torch.nn.ReLU(), torch.nn.Linear(24, 1))

    def forward(self, x):
        readings = x[:, :12].flip(1).unsqueeze(2) / self.level
        states, _ = self.gru(readings)
        angle = x[:, 14] * (3.141592653589793 / 12)
        weekend = (x[:, 15] > 4.5).float()
        calendar = torch.stack(
            [torch.sin(angle), torch.cos(angle), torch.sin(2 * angle), torch.cos(2 * angle), weekend, readings[:, 11, 0]], 1
        )
        change = self.layers(torch.cat([states[:, 11], calendar], 1))[:, 0]
        # A change of the newest reading: what the network has to learn is small, and a missing reading stays missing.
        return (x[:, 0] + self.level * change + 0.0 * x[:, :12].sum(1)).unsqueeze(1)


def train_recurrent(x, y, seed):
    torch.manual_seed(seed)
    known = ~np.isnan(x[:, :12]).any(1)
    inputs, truth = torch.from_numpy(x[known]), torch.from_numpy(y[known].astype(np.float32))
    inputs = torch.nan_to_num(inputs, nan=0.0)  # only last_week and yesterday, which it does not read
    model = Recurrent(float(y.mean()))
    epochs, batch, rate = 12, 256, 4e-3
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=epochs * -(-len(inputs) // batch))
    for _ in range(epochs):
        for rows in torch.randperm(len(inputs)).split(batch):
            optimizer.zero_grad()
            loss = ((model(inputs[rows])[:, 0] - truth[rows]) / model.level).square().mean()
            loss.backward()
            optimizer.step()
            schedule.step()
    return model.eval()


def recurrent_scores(model, x):
    with torch.no_grad():
        return model(torch.from_numpy(x))[:, 0].numpy()


def save_recurrent(model, path):
    example = torch.zeros(2, 16)
    traced = torch.jit.trace(model, example)
    buffer = io.BytesIO()
    torch.jit.save(traced, buffer)
    # The archive's entries bear no times then, so that the same training gives the same file.
    with zipfile.ZipFile(io.BytesIO(buffer.getvalue())) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        for info in source.infolist():
            name = "recurrent/" + info.filename.split("/", 1)[1]
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(info))


def train_boosted(x, y, seed):
    parameters = {
        "objective": "reg:squarederror", "max_depth": 5, "eta": 0.15, "min_child_weight": 20, "subsample": 0.8,
        "tree_method": "hist", "seed": seed, "nthread": 1,
    }
    return xgboost.train(parameters, xgboost.DMatrix(x, y), 60)


def seasonal(frame):
    week, day = frame["last_week"], frame["yesterday"]
    return np.where((frame["weekday"] < 5) & (day >= 0), 0.8 * week + 0.2 * day, week)


def persistence(frame):
    now, before = frame["reading_0"], frame["reading_1"]
    return np.where(now.notna(), 0.7 * now + 0.3 * before, before)


def rmse(scores, truth):
    there = ~np.isnan(scores)
    return np.sqrt(np.mean((scores[there] - truth[there]) ** 2)), there.mean()


def put_checksum(spec_file, member, model):
    text = spec_file.read_text()
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    block = re.search(rf"^  {member}:[^\n]*\n(?:    [^\n]*\n)*", text, re.M)
    lines = [line for line in block.group(0).splitlines() if "sha256:" not in line]
    changed = "\n".join(lines + [f"    sha256: {digest}"]) + "\n"
    spec_file.write_text(text[: block.start()] + changed + text[block.end() :])


def main():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=Path, help="recorded forecasts, CSV, gzipped or not")
    parser.add_argument("--spec", type=Path, default=here / "traffic.yaml", help="the spec (default: %(default)s)")
    parser.add_argument("--out", type=Path, help="write models and a copy of the spec to this folder instead")
    parser.add_argument("--seed", type=int, default=1, help="decides everything random (default: %(default)s)")
    options = parser.parse_args()

    spec_file = options.spec
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        spec_file = Path(shutil.copy(options.spec, options.out))
        schema = yaml.safe_load(options.spec.read_text())["events"].get("schema")
        if schema:
            shutil.copy(options.spec.parent / schema, options.out)
    spec = yaml.safe_load(spec_file.read_text())
    columns, target = spec["features"], spec["target"]
    frame = pd.read_csv(options.data)
    missing = [name for name in columns + [target] if name not in frame]
    if missing:
        sys.exit(f"{options.data} lacks {', '.join(missing)}; it has {', '.join(frame.columns)}")
    frame = frame.sort_values(spec["events"]["time"], kind="stable")
    frame = frame[frame[target].notna()].reset_index(drop=True)
    x, y = frame[columns].to_numpy(np.float32), frame[target].to_numpy(np.float64)
    cut = len(frame) * 4 // 5
    print(f"{len(frame)} rows with a label; judged on the last {len(frame) - cut}")

    trial = train_recurrent(x[:cut], y[:cut], options.seed)
    trees = train_boosted(x[:cut], y[:cut], options.seed)
    held = frame[cut:]
    for name, scores in {
        "recurrent": recurrent_scores(trial, x[cut:]),
        "boosted": trees.predict(xgboost.DMatrix(x[cut:])),
        "seasonal": seasonal(held),
        "persistence": persistence(held),
    }.items():
        error, answered = rmse(scores, y[cut:])
        print(f"  {name:12} RMSE {error:7.2f}  answered {100 * answered:.1f} %")

    folder = spec_file.parent
    paths = {
        "recurrent": folder / spec["members"]["recurrent"]["torchscript"],
        "boosted": folder / spec["members"]["boosted"]["xgboost"],
    }
    for path in paths.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    recurrent = train_recurrent(x, y, options.seed)
    boosted = train_boosted(x, y, options.seed)
    save_recurrent(recurrent, paths["recurrent"])
    boosted.save_model(paths["boosted"])
    again = recurrent_scores(torch.jit.load(str(paths["recurrent"])), x[:2000])
    off = np.nanmax(np.abs(again - recurrent_scores(recurrent, x[:2000])))
    loaded = xgboost.Booster(model_file=str(paths["boosted"]))
    off = max(off, np.abs(loaded.predict(xgboost.DMatrix(x[:2000])) - boosted.predict(xgboost.DMatrix(x[:2000]))).max())
    if not off < 1e-3 or not np.isnan(again[np.isnan(x[:2000, :12]).any(1)]).all():
        sys.exit(f"what was written does not score as what was trained: off by {off}")
    for member, path in paths.items():
        put_checksum(spec_file, member, path)
        print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
