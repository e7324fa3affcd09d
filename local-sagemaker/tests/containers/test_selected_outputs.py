"""What SAGEMAKER_INFERENCE_OUTPUT can select, by objective; anything else is not a number."""

from __future__ import annotations

import math

import numpy as np
import pytest
from local_sagemaker.containers.xgboost.models import XGBoostModel
from local_sagemaker.containers.xgboost.selected_outputs import OUTPUTS, select

KEYS = [
    "predicted_label",
    "labels",
    "probability",
    "probabilities",
    "raw_score",
    "raw_scores",
    "predicted_score",
]
REGRESSION = {"predicted_score": 2.5}

# Objective, a prediction of the library, and what it stands for.
TABLE = [
    (
        "binary:logistic",
        0.75,
        {
            "predicted_label": 1,
            "labels": [0, 1],
            "probability": 0.75,
            "probabilities": [0.25, 0.75],
            "raw_score": 0.75,
            "raw_scores": [0.25, 0.75],
        },
    ),
    (
        "binary:logitraw",
        -2.0,
        {"predicted_label": 0, "labels": [0, 1], "raw_score": -2.0, "raw_scores": [3.0, -2.0]},
    ),
    (
        "binary:hinge",
        1.0,
        {"predicted_label": 1.0, "labels": [0, 1], "raw_score": 1.0, "raw_scores": [0.0, 1.0]},
    ),
    (
        "multi:softmax",
        2.0,
        {"predicted_label": 2.0, "labels": [0, 1, 2], "raw_score": 2.0, "raw_scores": [-1.0, 2.0]},
    ),
    (
        "multi:softprob",
        [0.25, 0.5, 0.25],
        {
            "predicted_label": 1,
            "labels": [0, 1, 2],
            "probability": 0.5,
            "probabilities": [0.25, 0.5, 0.25],
            "raw_score": 0.5,
            "raw_scores": [0.25, 0.5, 0.25],
        },
    ),
    ("reg:squarederror", 2.5, REGRESSION),
    ("reg:logistic", 2.5, REGRESSION),
    ("reg:gamma", 2.5, REGRESSION),
    ("reg:absoluteerror", 2.5, REGRESSION),
    ("reg:tweedie", 2.5, REGRESSION),
]


def test_every_objective_with_selectable_outputs_has_a_row() -> None:
    assert {objective for objective, *_ in TABLE} == set(OUTPUTS)


@pytest.mark.parametrize(("objective", "prediction", "outputs"), TABLE, ids=lambda row: str(row))
def test_outputs(objective: str, prediction: object, outputs: dict[str, object]) -> None:
    num_class = 3 if objective.startswith("multi:") else 0
    (found,) = select(np.array([prediction]), KEYS, XGBoostModel([], objective, num_class))

    assert list(found) == KEYS
    numbers = {key: value for key, value in found.items() if not _is_nan(value)}
    assert numbers == outputs


@pytest.mark.parametrize(
    "objective", ["count:poisson", "rank:ndcg", "survival:cox", "reg:pseudohubererror"]
)
def test_other_objectives_have_none(objective: str) -> None:
    with pytest.raises(ValueError, match=f"Objective `{objective}` unsupported for selectable"):
        select(np.array([1.0]), KEYS, XGBoostModel([], objective, 0))


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)
