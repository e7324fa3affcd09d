"""Scales the columns of a table, and splits its rows for training and for testing."""

import argparse
import json

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--test-share", type=float, required=True)
share = parser.parse_args().test_share

table = np.loadtxt("/opt/ml/processing/table/customers.csv", delimiter=",")
labels, numbers = table[:, :1], table[:, 1:]
scale = {"mean": numbers.mean(axis=0).tolist(), "spread": numbers.std(axis=0).tolist()}
scaled = np.hstack([labels, (numbers - scale["mean"]) / scale["spread"]])
first_of_test = round(len(scaled) * (1 - share))
np.savetxt("/opt/ml/processing/train/rows.csv", scaled[:first_of_test], delimiter=",")
np.savetxt("/opt/ml/processing/test/rows.csv", scaled[first_of_test:], delimiter=",")
with open("/opt/ml/processing/scale/scale.json", "w") as file:
    json.dump(scale, file)
