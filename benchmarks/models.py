#!/usr/bin/env python3
"""Makes the models that the benchmark scores with: the graphs are real, the weights random, since only time is measured.

    python3 benchmarks/models.py

Needs numpy and onnx. The same seed makes the same files.
"""

from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

FOLDER = Path(__file__).resolve().parent / "models"
OPSETS = [helper.make_opsetid("", 15), helper.make_opsetid("ai.onnx.ml", 3)]


def write(name, width, answers, nodes, arrays=()):
    """A graph from `features` to `scores`, for any number of rows."""
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["rows", width])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["rows", answers])],
        [numpy_helper.from_array(array.astype(np.float32), key) for key, array in arrays],
    )
    model = helper.make_model(graph, opset_imports=OPSETS, producer_name="tributary")
    model.ir_version = 8
    checker.check_model(model)
    FOLDER.mkdir(exist_ok=True)
    save(model, str(FOLDER / f"{name}.onnx"))


def network(name, sizes, last, rng):
    """Layers with ReLU between them."""
    nodes, arrays, read = [], [], "features"
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        arrays += [(f"w{i}", rng.normal(0, (2 / a) ** 0.5, (a, b))), (f"b{i}", np.zeros(b))]
        nodes.append(helper.make_node("Gemm", [read, f"w{i}", f"b{i}"], [f"linear{i}"]))
        final = i == len(sizes) - 2
        read = "scores" if final else f"hidden{i}"
        kind, options = (last, {"axis": 1} if last == "Softmax" else {}) if final else ("Relu", {})
        nodes.append(helper.make_node(kind, [f"linear{i}"], [read], **options))
    write(name, sizes[0], sizes[-1], nodes, arrays)


def trees(name, width, count, depth, rng):
    """Full binary trees whose leaves add up to a logit."""
    inner, all_nodes = 2**depth - 1, 2 ** (depth + 1) - 1
    columns = {key: [] for key in ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids")}
    leaves = {key: [] for key in ("treeids", "nodeids", "ids", "weights")}
    for tree in range(count):
        for node in range(all_nodes):
            branch = node < inner
            columns["treeids"].append(tree)
            columns["nodeids"].append(node)
            columns["featureids"].append(int(rng.integers(width)) if branch else 0)
            columns["values"].append(float(rng.normal()) if branch else 0.0)
            columns["modes"].append("BRANCH_LEQ" if branch else "LEAF")
            columns["truenodeids"].append(2 * node + 1 if branch else 0)
            columns["falsenodeids"].append(2 * node + 2 if branch else 0)
            if not branch:
                leaves["treeids"].append(tree)
                leaves["nodeids"].append(node)
                leaves["ids"].append(0)
                leaves["weights"].append(float(rng.normal(0, 0.1)))
    attributes = {f"nodes_{key}": value for key, value in columns.items()}
    attributes.update({f"target_{key}": value for key, value in leaves.items()})
    write(
        name,
        width,
        1,
        [
            helper.make_node(
                "TreeEnsembleRegressor", ["features"], ["logit"], domain="ai.onnx.ml", n_targets=1,
                aggregate_function="SUM", post_transform="NONE", **attributes,
            ),
            helper.make_node("Sigmoid", ["logit"], ["scores"]),
        ],
    )


if __name__ == "__main__":
    rng = np.random.default_rng(7)
    network("mlp-30", [30, 32, 1], "Sigmoid", rng)
    trees("trees-30", 30, 50, 4, rng)
    network("mlp-784", [784, 32, 32, 32, 32, 10], "Softmax", rng)
