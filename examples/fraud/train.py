#!/usr/bin/env python3
"""Trains the model members of an ensemble's spec on a recorded file.

Every member that is a model (onnx, torchscript or xgboost) is trained on the spec's features and target, judged on the
last fifth of the rows by time, trained again on all rows, written where the spec says, read back and compared with what
was trained, and its checksum is put into the spec. Rules are not trained, but judged beside the others.
"""
import argparse
import ast
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
import onnx
import pandas as pd
import torch
import xgboost
import yaml
from onnx import TensorProto, helper, numpy_helper
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, log_loss

EPILOG = """what is trained:
  onnx          a random forest where the member's name has "forest" or "tree" in it, else a logistic regression
  torchscript   a small neural network
  xgboost       boosted trees

The file needs a header, the fields that the spec's features name, and the spec's target, 0 or 1. Rows are put in the
order of the spec's time field where the file has it, and else are taken to be in order. An empty cell is a missing
value: the boosted trees send it their own way, the other members put the mean of the training rows in its place. No
class is weighted, so the scores are probabilities as they stand.

examples:
  train.py --data payments.csv.gz
  train.py --data payments.csv --spec my/ensemble.yaml --out trial --seed 2"""

TOLERANCE = 1e-5


# ---- the spec and the data -------------------------------------------------------------------------------------------


class Column:
    """One column that members read, and how it is made from a field of the file."""

    def __init__(self, name, field, make):
        self.name, self.field, self.make = name, field, make


def columns_of(spec):
    columns = []
    for item in spec["features"]:
        feature = {"field": item} if isinstance(item, str) else item
        field = feature["field"]
        name = feature.get("name", field)
        if "oneHot" in feature:
            for category in map(str, feature["oneHot"]):
                columns.append(Column(f"{name}={category}", field, one_hot(category)))
        elif "hash" in feature:
            for bucket in range(feature["hash"]):
                columns.append(Column(f"{name}#{bucket}", field, hashed(bucket, feature["hash"])))
        else:
            columns.append(Column(name, field, standardised(feature.get("mean", 0.0), feature.get("scale", 1.0))))
    return columns


def standardised(mean, scale):
    return lambda values: (values.astype("float64") - mean) / scale


def one_hot(category):
    return lambda values: np.where(values.isna(), np.nan, values.astype(str) == category)


def hashed(bucket, buckets):
    return lambda values: np.where(values.isna(), np.nan, values.astype(str).map(java_hash) % buckets == bucket)


def java_hash(text):
    """What String.hashCode gives in Java, where the scoring runs."""
    code = 0
    units = text.encode("utf-16-be")
    for at in range(0, len(units), 2):
        code = (31 * code + units[at] * 256 + units[at + 1]) & 0xFFFFFFFF
    return code - (1 << 32) if code >= 1 << 31 else code


def read_rows(path, spec, columns):
    """The columns as float32, the target, both in order of time."""
    frame = pd.read_csv(path)
    target = spec.get("target") or sys.exit("the spec has no 'target'; name the column of the file that holds the truth")
    wanted = [column.field for column in columns] + [target]
    missing = [field for field in dict.fromkeys(wanted) if field not in frame]
    if missing:
        sys.exit(f"{path} lacks {', '.join(missing)}; it has {', '.join(frame.columns)}")
    time = spec.get("events", {}).get("time")
    if time in frame:
        frame = frame.sort_values(time, kind="stable")
    truth = frame[target]
    if not truth.isin([0, 1]).all():
        sys.exit(f"{path}: {target} must be 0 or 1 in every row; drop the rows whose truth is not known")
    made = np.column_stack([column.make(frame[column.field]) for column in columns])
    return made.astype(np.float32), truth.to_numpy().astype(np.int64)


# ---- recipes: each trains, scores, and writes a member ---------------------------------------------------------------


class Logistic:
    """Logistic regression on the columns and their logarithms; standardisation is part of the network."""

    def fit(self, x, y, seed):
        self.imputed = column_means(x)
        wide = widened(filled(x, self.imputed))
        self.mean, self.scale = mean_and_scale(wide)
        self.model = LogisticRegression(C=1.0, max_iter=5000).fit((wide - self.mean) / self.scale, y)
        return self

    def scores(self, x):
        return self.model.predict_proba((widened(filled(x, self.imputed)) - self.mean) / self.scale)[:, 1]

    def save(self, path):
        # w·(x − m)/s + b = (w/s)·x + (b − w·m/s), but float32 keeps more digits when the mean is taken off first.
        weights = (self.model.coef_[0] / self.scale).reshape(-1, 1)
        save_onnx(
            path,
            "logistic",
            imputation()
            + [
                helper.make_node("Abs", ["filled"], ["size"]),
                helper.make_node("Add", ["size", "one"], ["size_and_one"]),
                helper.make_node("Log", ["size_and_one"], ["logarithm"]),
                helper.make_node("Sign", ["filled"], ["sign"]),
                helper.make_node("Mul", ["sign", "logarithm"], ["signed_logarithm"]),
                helper.make_node("Concat", ["filled", "signed_logarithm"], ["wide"], axis=1),
                helper.make_node("Sub", ["wide", "mean"], ["centred"]),
                helper.make_node("MatMul", ["centred", "weights"], ["product"]),
                helper.make_node("Add", ["product", "bias"], ["logit"]),
                helper.make_node("Sigmoid", ["logit"], ["score"]),
            ],
            {"imputed": self.imputed, "one": 1, "mean": self.mean, "weights": weights, "bias": self.model.intercept_},
        )

    def saved_scores(self, path, x):
        return run_onnx(path, x)


class Forest:
    """A random forest whose trees' leaf probabilities are averaged."""

    def fit(self, x, y, seed):
        self.imputed = column_means(x)
        self.model = RandomForestClassifier(
            n_estimators=40,
            max_depth=10,
            max_leaf_nodes=120,
            min_samples_leaf=4,
            max_features=min(8, x.shape[1]),
            random_state=seed,
            n_jobs=1,
        ).fit(filled(x, self.imputed), y)
        return self

    def scores(self, x):
        return self.model.predict_proba(filled(x, self.imputed))[:, 1]

    def save(self, path):
        nodes = {key: [] for key in ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids")}
        leaves = {key: [] for key in ("treeids", "nodeids", "ids", "weights")}
        for number, estimator in enumerate(self.model.estimators_):
            tree = estimator.tree_
            for node in range(tree.node_count):
                leaf = tree.children_left[node] < 0
                nodes["treeids"].append(number)
                nodes["nodeids"].append(node)
                nodes["featureids"].append(0 if leaf else int(tree.feature[node]))
                nodes["values"].append(0.0 if leaf else not_above(tree.threshold[node]))
                nodes["modes"].append("LEAF" if leaf else "BRANCH_LEQ")
                nodes["truenodeids"].append(0 if leaf else int(tree.children_left[node]))
                nodes["falsenodeids"].append(0 if leaf else int(tree.children_right[node]))
                if leaf:
                    negatives, positives = tree.value[node][0]
                    leaves["treeids"].append(number)
                    leaves["nodeids"].append(node)
                    leaves["ids"].append(0)
                    leaves["weights"].append(float(positives / (negatives + positives) / len(self.model.estimators_)))
        attributes = {f"nodes_{key}": value for key, value in nodes.items()}
        attributes.update({f"target_{key}": value for key, value in leaves.items()})
        trees = helper.make_node(
            "TreeEnsembleRegressor", ["filled"], ["score"], domain="ai.onnx.ml", n_targets=1,
            aggregate_function="SUM", post_transform="NONE", **attributes,
        )
        save_onnx(path, "forest", imputation() + [trees], {"imputed": self.imputed})

    def saved_scores(self, path, x):
        return run_onnx(path, x)


class Network(torch.nn.Module):
    """Imputation, logarithms beside the columns, standardisation and two hidden layers; gives logits."""

    def __init__(self, imputed, mean, scale):
        super().__init__()
        for name, values in (("imputed", imputed), ("mean", mean), ("scale", scale)):
            self.register_buffer(name, torch.tensor(values, dtype=torch.float32))
        sizes = (len(mean), 32, 16)
        layers = [layer for a, b in zip(sizes, sizes[1:]) for layer in (torch.nn.Linear(a, b), torch.nn.ReLU())]
        self.layers = torch.nn.Sequential(*layers, torch.nn.Linear(sizes[-1], 1))

    def forward(self, x):
        x = torch.where(torch.isnan(x), self.imputed, x)
        wide = torch.cat([x, torch.sign(x) * torch.log(torch.abs(x) + 1)], 1)
        return self.layers((wide - self.mean) / self.scale)


class Scorer(torch.nn.Module):
    """The network with its logits made probabilities."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        return torch.sigmoid(self.network(x))


class Mlp:
    """A small neural network."""

    def fit(self, x, y, seed):
        torch.manual_seed(seed)
        imputed = column_means(x)
        network = Network(imputed, *mean_and_scale(widened(filled(x, imputed))))
        inputs, truth = torch.from_numpy(x), torch.from_numpy(y.astype(np.float32)).reshape(-1, 1)
        epochs, batch, rate = 20, 256, 5e-3
        optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-2)
        steps = epochs * -(-len(x) // batch)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
        loss = torch.nn.BCEWithLogitsLoss()
        for _ in range(epochs):
            for rows in torch.randperm(len(x)).split(batch):
                optimizer.zero_grad()
                loss(network(inputs[rows]), truth[rows]).backward()
                optimizer.step()
                schedule.step()
        self.model = Scorer(network).eval()
        self.width = x.shape[1]
        return self

    def scores(self, x):
        with torch.no_grad():
            return self.model(torch.from_numpy(x)).numpy().ravel().astype(np.float64)

    def save(self, path):
        traced = torch.jit.trace(self.model, torch.zeros(2, self.width))
        whole = io.BytesIO()
        torch.jit.save(traced, whole)
        # Files for debugging name the paths of this script; the model runs without them.
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as kept:
            for entry in source.infolist():
                if not entry.filename.endswith(".debug_pkl"):
                    kept.writestr(zipfile.ZipInfo(entry.filename), source.read(entry))

    def saved_scores(self, path, x):
        with torch.no_grad():
            return torch.jit.load(str(path))(torch.from_numpy(x)).numpy().ravel()


class Boosted:
    """Gradient-boosted trees."""

    SETTINGS = {
        "objective": "binary:logistic", "eta": 0.1, "max_depth": 3, "min_child_weight": 2, "subsample": 0.8,
        "colsample_bytree": 0.8, "lambda": 1.0, "tree_method": "exact", "nthread": 1,
    }
    ROUNDS = 150

    def fit(self, x, y, seed):
        self.model = xgboost.train({**self.SETTINGS, "seed": seed}, xgboost.DMatrix(x, label=y, nthread=1), self.ROUNDS)
        return self

    def scores(self, x):
        return self.model.predict(xgboost.DMatrix(x, nthread=1)).astype(np.float64)

    def save(self, path):
        self.model.save_model(str(path))

    def saved_scores(self, path, x):
        return xgboost.Booster({"nthread": 1}, model_file=str(path)).predict(xgboost.DMatrix(x, nthread=1))


def recipe_of(name, kind):
    if kind == "onnx":
        return Forest() if re.search("forest|tree", name, re.IGNORECASE) else Logistic()
    return Mlp() if kind == "torchscript" else Boosted()


def column_means(x):
    """What takes the place of missing values; 0 for a column that has no value at all."""
    known = ~np.isnan(x)
    return np.where(known, x, 0).sum(axis=0, dtype=np.float64) / np.maximum(known.sum(axis=0), 1)


def filled(x, imputed):
    return np.where(np.isnan(x), imputed.astype(np.float32), x)


def widened(x):
    """The columns and, beside them, the logarithms of their sizes with their signs."""
    x = x.astype(np.float64)
    return np.hstack([x, np.sign(x) * np.log(np.abs(x) + 1)])


def mean_and_scale(x):
    scale = x.std(axis=0)
    return x.mean(axis=0), np.where(scale > 0, scale, 1.0)


def not_above(threshold):
    """The largest float32 that is not above a float64: the same float32 values pass "x <= it"."""
    nearest = np.float32(threshold)
    return float(np.nextafter(nearest, np.float32(-np.inf)) if nearest > threshold else nearest)


# ---- ONNX ------------------------------------------------------------------------------------------------------------


def imputation():
    return [
        helper.make_node("IsNaN", ["features"], ["missing"]),
        helper.make_node("Where", ["missing", "imputed", "features"], ["filled"]),
    ]


def save_onnx(path, name, nodes, constants):
    initializers = [numpy_helper.from_array(np.asarray(value, np.float32), key) for key, value in constants.items()]
    width = len(constants["imputed"])
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["batch", width])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, ["batch", 1])],
        initializers,
    )
    opsets = [helper.make_opsetid("", 15), helper.make_opsetid("ai.onnx.ml", 1)]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="tributary", ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def run_onnx(path, x):
    """Runs the file in plain numpy: just the operators that this script writes."""
    graph = onnx.load(str(path)).graph
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    values["features"] = x
    operators = {
        "IsNaN": np.isnan,
        "Where": np.where,
        "Sub": np.subtract,
        "Add": np.add,
        "Mul": np.multiply,
        "MatMul": np.matmul,
        "Abs": np.abs,
        "Log": np.log,
        "Sign": np.sign,
        "Sigmoid": lambda v: 1 / (1 + np.exp(-v)),
        "Concat": lambda *parts: np.concatenate(parts, axis=1),
    }
    for node in graph.node:
        inputs = [values[name] for name in node.input]
        run = run_trees(node) if node.op_type == "TreeEnsembleRegressor" else operators[node.op_type]
        values[node.output[0]] = run(*inputs)
    return values["score"].ravel()


def run_trees(ensemble):
    attributes = {attribute.name: helper.get_attribute_value(attribute) for attribute in ensemble.attribute}
    trees = attributes["nodes_treeids"]
    nodes = {key: at for at, key in enumerate(zip(trees, attributes["nodes_nodeids"]))}
    leaves = zip(attributes["target_treeids"], attributes["target_nodeids"])
    weights = dict(zip(leaves, attributes["target_weights"]))

    def run(x):
        total = np.zeros(len(x), np.float32)
        waiting = [(tree, 0, np.arange(len(x))) for tree in dict.fromkeys(trees)]
        while waiting:
            tree, node, rows = waiting.pop()
            at = nodes[tree, node]
            if attributes["nodes_modes"][at] == b"LEAF":
                total[rows] += np.float32(weights[tree, node])
            else:
                low = x[rows, attributes["nodes_featureids"][at]] <= np.float32(attributes["nodes_values"][at])
                waiting.append((tree, attributes["nodes_truenodeids"][at], rows[low]))
                waiting.append((tree, attributes["nodes_falsenodeids"][at], rows[~low]))
        return total

    return run


# ---- rules -----------------------------------------------------------------------------------------------------------

ARITHMETIC = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub, ast.Mult,
    ast.Div, ast.Compare, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.Name, ast.Load, ast.Constant,
)


def rule_scores(member, names, x):
    """Scores by the rules, or None where one uses more than comparison, arithmetic, &&, || and !."""
    undecided = np.ones(len(x), bool)
    scores = np.full(len(x), float(member.get("otherwise", 0)))
    table = {name: x[:, at].astype(np.float64) for at, name in enumerate(names)}
    for rule in member["rules"]:
        text = rule["when"].replace("&&", " and ").replace("||", " or ")
        try:
            tree = ast.parse(re.sub(r"!(?!=)", " not ", text).strip(), mode="eval")
        except SyntaxError:
            return None
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if not all(isinstance(node, ARITHMETIC) for node in ast.walk(tree)) or not used <= set(names):
            return None
        code = compile(tree, "rule", "eval")
        with np.errstate(all="ignore"):
            rows = np.flatnonzero(undecided)
            holds = [bool(eval(code, {"__builtins__": {}}, {name: table[name][row] for name in used})) for row in rows]
        hit = rows[np.array(holds, bool)]
        scores[hit] = rule["score"]
        undecided[hit] = False
    return scores


# ---- the run ---------------------------------------------------------------------------------------------------------


def with_checksums(text, checksums):
    """The spec with each member's sha256 replaced, or added; all else stays to the byte."""
    edits = []
    members = next(value for key, value in yaml.compose(text).value if key.value == "members")
    for name, member in members.value:
        if name.value not in checksums:
            continue
        old = next((value for key, value in member.value if key.value == "sha256"), None)
        if old is not None:
            edits.append((old.start_mark.index, old.end_mark.index, checksums[name.value]))
        else:
            key, value = next(pair for pair in member.value if pair[0].value in ("onnx", "torchscript", "xgboost"))
            gap = ", " if member.flow_style else "\n" + " " * key.start_mark.column
            edits.append((value.end_mark.index, value.end_mark.index, f"{gap}sha256: {checksums[name.value]}"))
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def kind_of(member):
    return next(kind for kind in ("onnx", "torchscript", "xgboost", "rules") if kind in member)


def chosen(member, names):
    """Which of the columns a member reads: those of its own features, or all."""
    return [names.index(name) for name in member.get("features", names)]


def figures(scores, y):
    both = 0 < y.sum() < len(y)
    clipped = np.clip(scores, 1e-6, 1 - 1e-6)
    return log_loss(y, clipped, labels=[0, 1]), average_precision_score(y, scores) if both else float("nan")


def golden_rows(x, y, seed):
    """Twenty rows: eight positives, eight negatives, and four with a quarter of their values taken away."""
    draw = np.random.default_rng(seed)
    positives, negatives = np.flatnonzero(y == 1), np.flatnonzero(y == 0)
    rows = np.concatenate([draw.choice(positives, min(10, len(positives)), False)])
    rows = np.concatenate([rows, draw.choice(negatives, 20 - len(rows), False)])
    picked = x[draw.permutation(rows)].copy()
    picked[16:][draw.random((4, x.shape[1])) < 0.25] = np.nan
    return picked


def write_golden(path, names, rows, trained):
    """Writes what the model answers beside it: Tributary uses the model only if it answers the same."""
    table = pd.DataFrame(rows, columns=names)
    table["score"] = trained.scores(rows)
    table.to_csv(f"{path}.golden.csv", index=False, float_format="%.9g", lineterminator="\n")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    here = Path(__file__).resolve().parent
    parser.add_argument("--data", required=True, help="a CSV file, plain or .gz")
    parser.add_argument("--spec", type=Path, default=here / "fraud.yaml", help="the ensemble's spec (default: the fraud.yaml beside this script)")
    parser.add_argument("--out", type=Path, help="folder for the models and the spec (default: the spec's own folder)")
    parser.add_argument("--seed", type=int, default=1, help="decides everything random (default: 1)")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)

    text = arguments.spec.read_text(encoding="utf-8")
    spec = yaml.safe_load(text)
    columns = columns_of(spec)
    names = [column.name for column in columns]
    x, y = read_rows(arguments.data, spec, columns)
    cut = len(x) - len(x) // 5
    if not 0 < y[:cut].sum() < cut:
        sys.exit(f"{arguments.data}: the first four fifths need both classes, but have {y[:cut].sum()} positives of {cut}")
    print(f"{len(x)} rows, {y.sum()} positives ({100 * y.mean():.2f} %); judged on the last {len(x) - cut},"
          f" {y[cut:].sum()} positives, by members trained on the rest\n")
    out = arguments.out or arguments.spec.parent
    golden = golden_rows(x, y, arguments.seed)

    print(f"{'member':<14}{'kind':<13}{'log loss':>10}{'AP':>9}{'bytes':>10}  file against trained")
    checksums = {}
    held_out = {}
    for name, member in spec["members"].items():
        kind = kind_of(member)
        mine = chosen(member, names)
        if kind == "rules":
            scores = rule_scores(member, names, x[cut:])
            if scores is None:
                print(f"{name:<14}{kind:<13}{'(a rule has more in it than this script reads)':>10}")
                continue
            note = f"{'':>10}"
        else:
            scores = recipe_of(name, kind).fit(x[:cut][:, mine], y[:cut], arguments.seed).scores(x[cut:][:, mine])
            trained = recipe_of(name, kind).fit(x[:, mine], y, arguments.seed)
            path = out / member[kind]
            path.parent.mkdir(parents=True, exist_ok=True)
            trained.save(path)
            probe = np.concatenate([golden[:, mine], x[:: max(1, len(x) // 5000)][:, mine]])
            difference = np.max(np.abs(trained.saved_scores(path, probe) - trained.scores(probe)))
            if not difference <= TOLERANCE:
                sys.exit(f"{path} scores up to {difference:.1e} off the model it was written from; allowed is {TOLERANCE:.0e}")
            write_golden(path, [names[column] for column in mine], golden[:, mine], trained)
            checksums[name] = hashlib.sha256(path.read_bytes()).hexdigest()
            note = f"{path.stat().st_size:>10}  within {difference:.0e}"
        held_out[name] = scores
        loss, precision = figures(scores, y[cut:])
        print(f"{name:<14}{kind:<13}{loss:>10.5f}{precision:>9.4f}{note}")
    loss, precision = figures(np.mean(list(held_out.values()), axis=0), y[cut:])
    print(f"{'(their mean)':<14}{'':<13}{loss:>10.5f}{precision:>9.4f}")

    (out / arguments.spec.name).write_text(with_checksums(text, checksums), encoding="utf-8")
    schema = spec.get("events", {}).get("schema")
    if schema and (arguments.spec.parent / schema).is_file() and out.resolve() != arguments.spec.parent.resolve():
        (out / schema).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(arguments.spec.parent / schema, out / schema)
    print(f"\nwrote {len(checksums)} models, their golden vectors and the spec with their checksums to {out}")


if __name__ == "__main__":
    main()
