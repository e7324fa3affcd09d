"""The data sets of the cases, made by scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import make_classification, make_regression

from tests.local_sagemaker.server import BUCKET

ROWS = 300


def put_data_sets(s3: Any) -> None:
    """Put each data set's channels below its name; the label is the first column."""
    binary = make_classification(400, 6, n_informative=4, random_state=1)
    classes = make_classification(400, 6, n_informative=4, n_classes=3, random_state=2)
    features, values = make_regression(400, 6, noise=5, random_state=3)
    _put(s3, "binary", *binary)
    _put(s3, "classes", *classes)
    _put(s3, "values", features, values.round(3))
    _put(s3, "counts", features, abs(values / 20).astype(int))
    _put(s3, "weighted", np.insert(binary[0], 0, np.linspace(0.1, 2, 400), axis=1), binary[1])
    _put(s3, "negative", binary[0], binary[1] * 2 - 1)
    _put(s3, "header", binary[0], binary[1], first="label,a,b,c,d,e,f\n")
    _put(s3, "text", binary[0], binary[1], first="1,a,b,c,d,e,f\n")
    _put(s3, "gaps", binary[0], binary[1], first="1,,2,,3,,4\n0,1,nan,2,NA,3,\n")
    _put(s3, "empty", *binary)
    s3.put_object(Bucket=BUCKET, Key="empty/train/rows.csv", Body="")


def _put(s3: Any, name: str, features: NDArray[Any], labels: NDArray[Any], first: str = "") -> None:
    lines = [
        ",".join([str(label), *(f"{value:.4f}" for value in row)])
        for row, label in zip(features, labels, strict=True)
    ]
    for channel, part in (("train", lines[:ROWS]), ("validation", lines[ROWS:])):
        key = f"{name}/{channel}/rows.csv"
        s3.put_object(Bucket=BUCKET, Key=key, Body=first + "\n".join(part) + "\n")
