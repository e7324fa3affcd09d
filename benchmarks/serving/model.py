"""The model that both sides serve, and rows to ask it about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from local_sagemaker.containers.xgboost.library import xgboost

FEATURES = 20
PARAMETERS = {"objective": "binary:logistic", "max_depth": 6, "nthread": 1}
TREES = 100


def train(path: Path) -> None:
    """Write a model as SageMaker's XGBoost does; the rows are the same at each call."""
    random = np.random.default_rng(0)
    features = random.normal(size=(20_000, FEATURES))
    labels = features[:, :3].sum(axis=1) + random.normal(size=len(features)) > 0
    matrix = xgboost.DMatrix(features, labels)
    xgboost.train(PARAMETERS, matrix, TREES).save_model(path)


def csv_rows(count: int, seed: int) -> bytes:
    """Lines of CSV without a label."""
    rows = np.random.default_rng(seed).normal(size=(count, FEATURES))
    return "".join(",".join(f"{value:.5g}" for value in row) + "\n" for row in rows).encode()
