"""Scales new rows as those of the training were."""

import json

import numpy as np

with open("/opt/ml/processing/scale/scale.json") as file:
    scale = json.load(file)
rows = np.loadtxt("/opt/ml/processing/table/new.csv", delimiter=",")
scaled = (rows - scale["mean"]) / scale["spread"]
np.savetxt("/opt/ml/processing/rows/rows.csv", scaled, delimiter=",")
