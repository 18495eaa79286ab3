"""What the scripts beside this one have in common: the columns, the rows of a recorded file, and golden vectors."""
import csv
import gzip
from pathlib import Path

import numpy as np

COLUMNS = [
    "tx_amount",
    "tx_during_night",
    "customer_id_nb_tx_7day_window",
    "customer_id_avg_amount_7day_window",
    "terminal_id_nb_tx_7day_window",
    "terminal_id_risk_1day_window",
    "terminal_id_risk_7day_window",
]


def read(path):
    """The columns as float32, in the order of the spec's features, and the labels."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    x = np.array([[float(row[column]) for column in COLUMNS] for row in rows], np.float32)
    return x, np.array([int(row["tx_fraud"]) for row in rows])


def split(x, y):
    """The first four fifths of the rows and the last one, which is later and was not trained on."""
    cut = len(x) * 4 // 5
    return x[:cut], y[:cut], x[cut:], y[cut:]


def report(model, scores, y):
    """Says how good the scores of the last fifth are."""
    clipped = np.clip(scores, 1e-6, 1 - 1e-6)
    loss = -np.mean(y * np.log(clipped) + (1 - y) * np.log(1 - clipped))
    print(f"{model}: log loss {loss:.5f} over {len(y)} later rows, {y.sum()} of them frauds")


def folder_of(model):
    """Makes the folder that the model goes into."""
    Path(model).parent.mkdir(parents=True, exist_ok=True)


def write_golden(model, x, scores):
    """Writes what the model answers for some rows beside it: Tributary uses it only if it answers the same."""
    with open(f"{model}.golden.csv", "w", encoding="utf-8") as file:
        print(*COLUMNS, "score", sep=",", file=file)
        for row, score in zip(x, scores):
            print(*(f"{value:.9g}" for value in [*row, score]), sep=",", file=file)
