#!/usr/bin/env python3
"""Makes the small models that the member tests open, and what their training libraries answer to 20 rows.

Each golden-*.csv holds the features of a row and the score that the library which trained the model gave it, one number
or one a class; an empty cell is a missing value. Made with torch 1.13, onnx 1.12, xgboost 1.7 and scikit-learn 1.2.

    make_models.py [FOLDER]     the folder, by default ../resources/models, beside this script
"""
import io
import os
import sys
import zipfile
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # one thread sums in one order: the same files every time

import numpy as np
import onnx
import torch
import xgboost
from onnx import TensorProto, helper, numpy_helper
from sklearn.linear_model import LogisticRegression

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "resources" / "models"
COLUMNS = ["amount", "age", "count"]


def data(rows, seed):
    draw = np.random.default_rng(seed)
    x = np.column_stack([draw.normal(0, 2, rows), draw.normal(1, 1, rows), draw.integers(0, 5, rows)])
    logit = 0.9 * x[:, 0] - 1.4 * x[:, 1] + 0.5 * x[:, 2]
    y = (draw.random(rows) < 1 / (1 + np.exp(-logit))).astype("int64")
    return x.astype("float32"), y


def golden(name, features, scores):
    """One score a row, or one a class and row."""
    scores = np.asarray(scores).reshape(len(features), -1)
    names = ["score"] if scores.shape[1] == 1 else [f"score.{index}" for index in range(scores.shape[1])]
    lines = [",".join(COLUMNS + names)]
    for row, answer in zip(features, scores):
        cells = ["" if np.isnan(value) else f"{value:.9g}" for value in row]
        lines.append(",".join(cells + [f"{score:.9g}" for score in answer]))
    (FOLDER / f"golden-{name}.csv").write_text("\n".join(lines) + "\n")


def write_onnx(name, nodes, outputs, constants=()):
    """outputs: (name, shape, type), where the shape may name the rows n, or what says of the output what it is."""
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["n", len(COLUMNS)])],
        [output if not isinstance(output, tuple) else helper.make_tensor_value_info(output[0], output[2], output[1])
         for output in outputs],
        [numpy_helper.from_array(np.asarray(value), constant) for constant, value in dict(constants).items()],
    )
    opsets = [helper.make_opsetid(domain, version) for domain, version in (("", 15), ("ai.onnx.ml", 1))
              if domain in {node.domain for node in nodes}]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="make_models")
    model.ir_version = 8
    # Shapes of maps are not inferred.
    onnx.checker.check_model(model, full_check=not any(node.domain for node in nodes))
    onnx.save(model, FOLDER / f"{name}.onnx")


def maps(name):
    """An output of a map a row, from class to probability."""
    info = onnx.ValueInfoProto(name=name)
    info.type.sequence_type.elem_type.map_type.key_type = TensorProto.INT64
    info.type.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = TensorProto.FLOAT
    return info


def onnx_models(x, y, sample):
    trained = LogisticRegression().fit(x, y)
    golden("logistic", sample, trained.predict_proba(sample)[:, 1])
    constants = {
        "weights": trained.coef_.T.astype("float32"),
        "bias": trained.intercept_.astype("float32"),
        "one": np.array([1.0], "float32"),
        "half": np.array([0.5], "float32"),
        "flat": np.array([-1], "int64"),
    }
    sigmoid = [
        helper.make_node("Gemm", ["features", "weights", "bias"], ["logit"]),
        helper.make_node("Sigmoid", ["logit"], ["score"]),
    ]
    both = [
        helper.make_node("Sub", ["one", "score"], ["other"]),
        helper.make_node("Concat", ["other", "score"], ["probabilities"], axis=1),
        helper.make_node("ArgMax", ["probabilities"], ["label"], axis=1, keepdims=0),
    ]
    score = ("score", ["n", 1], TensorProto.FLOAT)
    label = ("label", ["n"], TensorProto.INT64)
    used = {key: constants[key] for key in ("weights", "bias")}
    write_onnx("logistic", sigmoid, [score], used)
    write_onnx(
        "flat",
        sigmoid + [helper.make_node("Reshape", ["score", "flat"], ["row"])],
        [("row", ["n"], TensorProto.FLOAT)],
        {**used, "flat": constants["flat"]},
    )
    used["one"] = constants["one"]
    write_onnx("classifier", sigmoid + both, [label, ("probabilities", ["n", 2], TensorProto.FLOAT)], used)
    # A map a row, as skl2onnx tells probabilities unless told otherwise.
    write_onnx(
        "maps",
        sigmoid + both + [
            helper.make_node("ZipMap", ["probabilities"], ["by_class"], domain="ai.onnx.ml", classlabels_int64s=[0, 1])],
        [label, maps("by_class")],
        used,
    )
    write_onnx("label-only", sigmoid + both, [label], used)
    write_onnx("double", sigmoid + [helper.make_node("Cast", ["score"], ["wide"], to=TensorProto.DOUBLE)],
               [("wide", ["n", 1], TensorProto.DOUBLE)], {key: used[key] for key in ("weights", "bias")})
    write_onnx("two-outputs", sigmoid + both[:1], [score, ("other", ["n", 1], TensorProto.FLOAT)], used)
    write_onnx(
        "two-logits",
        sigmoid[:1] + [helper.make_node("Concat", ["logit", "logit"], ["logits"], axis=1)],
        [("logits", ["n", 2], TensorProto.FLOAT)],
        {key: used[key] for key in ("weights", "bias")},
    )
    # The same model, as a convolution over the columns.
    write_onnx(
        "convolution",
        [
            helper.make_node("Unsqueeze", ["features", "channel"], ["row"]),
            helper.make_node("Conv", ["row", "filter", "bias"], ["convolved"]),
            helper.make_node("Flatten", ["convolved"], ["logit"]),
            sigmoid[1],
        ],
        [score],
        {
            "filter": constants["weights"].T.reshape(1, 1, 3),
            "bias": constants["bias"],
            "channel": np.array([1], "int64"),
        },
    )
    # One answer a column, not one a row.
    write_onnx("wide", [helper.make_node("Sigmoid", ["features"], ["scores"])], [("scores", ["n", 3], TensorProto.FLOAT)])
    # Not a number where the amount is below 0.
    write_onnx(
        "root",
        [
            helper.make_node("MatMul", ["features", "pick"], ["amount"]),
            helper.make_node("Sqrt", ["amount"], ["root"]),
            helper.make_node("Sigmoid", ["root"], ["score"]),
        ],
        [score],
        {"pick": np.array([[1.0], [0.0], [0.0]], "float32")},
    )


def three(x, y):
    """Labels of three classes."""
    return (y + (x[:, 2] > 2)).astype(int)


def multinomial(x, y, sample):
    trained = LogisticRegression(max_iter=1000).fit(x, three(x, y))
    golden("softmax", sample, trained.predict_proba(sample))
    write_onnx(
        "softmax",
        [
            helper.make_node("Gemm", ["features", "weights", "bias"], ["logits"]),
            helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
        ],
        [("probabilities", ["n", 3], TensorProto.FLOAT)],
        {"weights": trained.coef_.T.astype("float32"), "bias": trained.intercept_.astype("float32")},
    )


class Mlp(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = torch.nn.Linear(len(COLUMNS), 8)
        self.out = torch.nn.Linear(8, 1)

    def forward(self, features):
        return torch.sigmoid(self.out(torch.tanh(self.hidden(features)))).squeeze()


class Picky(torch.nn.Module):
    """Refuses a batch in which any amount is above 100."""

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        if bool((features[:, 0] > 100.0).any()):
            raise ValueError("an amount is above 100")
        return torch.sigmoid(features[:, 1:2])


def save(module, name, folder=FOLDER):
    """Saves without the debug records, which hold the path of this script."""
    buffer = io.BytesIO()
    torch.jit.save(module, buffer)
    with zipfile.ZipFile(buffer) as saved, zipfile.ZipFile(folder / f"{name}.pt", "w", zipfile.ZIP_STORED) as file:
        for item in saved.infolist():
            if not item.filename.endswith(".debug_pkl"):
                path = name + item.filename[item.filename.index("/"):]
                file.writestr(zipfile.ZipInfo(path), saved.read(item))


def torch_models(x, y, sample):
    torch.manual_seed(7)
    torch.set_num_threads(1)
    mlp = Mlp()
    optimiser = torch.optim.Adam(mlp.parameters(), lr=0.02)
    features, labels = torch.from_numpy(x), torch.from_numpy(y.astype("float32"))
    for _ in range(200):
        optimiser.zero_grad()
        torch.nn.functional.binary_cross_entropy(mlp(features), labels).backward()
        optimiser.step()
    mlp.eval()
    save(torch.jit.script(mlp), "mlp")
    save(torch.jit.script(Picky()), "picky")
    with torch.no_grad():
        golden("mlp", sample, mlp(torch.from_numpy(sample)).numpy())


def xgboost_models(x, y, sample):
    options = {"max_depth": 3, "eta": 0.3, "seed": 1, "nthread": 1, "objective": "binary:logistic"}
    booster = xgboost.train(options, xgboost.DMatrix(x, y, feature_names=COLUMNS), num_boost_round=5)
    with_missing = sample.copy()
    for row in range(0, len(sample), 3):
        with_missing[row, row % len(COLUMNS)] = np.nan
    with_missing[-1, :] = np.nan
    golden("boosted", with_missing, booster.predict(xgboost.DMatrix(with_missing, feature_names=COLUMNS)))
    booster.save_model(FOLDER / "boosted.json")
    booster.save_model(FOLDER / "boosted.ubj")
    classes = {**options, "max_depth": 1, "objective": "multi:softprob", "num_class": 3}
    booster = xgboost.train(classes, xgboost.DMatrix(x, three(x, y)), num_boost_round=1)
    booster.save_model(FOLDER / "three-classes.json")
    golden("three-classes", sample, booster.predict(xgboost.DMatrix(sample)))


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    x, y = data(400, 1)
    sample, _ = data(20, 2)
    onnx_models(x, y, sample)
    multinomial(x, y, sample)
    torch_models(x, y, sample)
    xgboost_models(x, y, sample)


if __name__ == "__main__":
    main()
