"""An endpoint must predict what the transform job of its model predicted."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.evaluation.transform_comparison import difference
from tuning.variables.predictions import Prediction

ALIKE = {
    "XGBoost": ([0.25, 0.75], b"0.25\n0.75000001\n0.5\n"),
    "a value a class": ([[0.1, 0.9], [0.8, 0.2]], b"[0.1, 0.9]\n[0.8, 0.2]\n"),
    "Linear Learner": ([0.3, 0.6], b'{"score": 0.3, "predicted_label": 0}\n{"score": 0.6}\n'),
    "cut after the rows that matter": ([0.3, 0.6], b'{"score": 0.3}\n{"score": 0.6}\n{"sco'),
}
OTHER = {
    "another value": ([0.25, 0.75], b"0.25\n0.76\n", "row 2 got [0.75]"),
    "fewer rows": ([0.25, 0.75], b"0.25\n", "predicted 1 rows"),
    "another number of classes": ([[0.1, 0.9]], b"[0.1, 0.8, 0.1]\n", "row 1 got"),
}


def answered(predicted: list[Any]) -> list[Prediction]:
    return [Prediction(actual=1.0, predicted=value) for value in predicted]


@pytest.mark.parametrize(("predicted", "written"), ALIKE.values(), ids=ALIKE.keys())
def test_same_model_is_recognised(predicted: list[Any], written: bytes) -> None:
    assert difference(answered(predicted), written) is None


@pytest.mark.parametrize(("predicted", "written", "words"), OTHER.values(), ids=OTHER.keys())
def test_other_model_is_told(predicted: list[Any], written: bytes, words: str) -> None:
    found = difference(answered(predicted), written)
    assert found is not None
    assert words in found
