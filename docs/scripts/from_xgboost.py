#!/usr/bin/env python3
"""Trains boosted trees with XGBoost and saves them as JSON: from_xgboost.py PAYMENTS.csv.gz MODEL.json"""
import sys

import xgboost

import payments

data, path = sys.argv[1:]
x, y, later_x, later_y = payments.split(*payments.read(data))
settings = {"objective": "binary:logistic", "max_depth": 4, "eta": 0.1, "nthread": 1, "seed": 1}
trees = xgboost.train(settings, xgboost.DMatrix(x, label=y), 60)

payments.folder_of(path)
trees.save_model(path)
scores = trees.predict(xgboost.DMatrix(later_x))
payments.write_golden(path, later_x[:20], scores[:20])
payments.report(path, scores, later_y)
