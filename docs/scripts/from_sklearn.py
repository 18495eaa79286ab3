#!/usr/bin/env python3
"""Trains a logistic regression with scikit-learn and writes it as ONNX: from_sklearn.py PAYMENTS.csv.gz MODEL.onnx

The scaler and the regression are five operators, so they are written here by hand and nothing but onnx is needed.
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import payments

data, path = sys.argv[1:]
x, y, later_x, later_y = payments.split(*payments.read(data))
pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)).fit(x, y)
scaler, regression = pipeline[0], pipeline[1]

nodes = [
    helper.make_node("Sub", ["features", "mean"], ["centred"]),
    helper.make_node("Div", ["centred", "scale"], ["scaled"]),
    helper.make_node("MatMul", ["scaled", "weights"], ["product"]),
    helper.make_node("Add", ["product", "bias"], ["log_odds"]),
    helper.make_node("Sigmoid", ["log_odds"], ["score"]),
]
constants = {
    "mean": scaler.mean_,
    "scale": scaler.scale_,
    "weights": regression.coef_.T,
    "bias": regression.intercept_,
}
graph = helper.make_graph(
    nodes,
    "logistic",
    [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["rows", len(payments.COLUMNS)])],
    [helper.make_tensor_value_info("score", TensorProto.FLOAT, ["rows", 1])],
    [numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in constants.items()],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
onnx.checker.check_model(model)

payments.folder_of(path)
onnx.save(model, path)
payments.write_golden(path, later_x[:20], pipeline.predict_proba(later_x[:20])[:, 1])
payments.report(path, pipeline.predict_proba(later_x)[:, 1], later_y)
