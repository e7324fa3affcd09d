"""Selectable inference: SAGEMAKER_INFERENCE_OUTPUT names what a prediction consists of.

Classification: predicted_label, labels, probability, probabilities, raw_score, raw_scores.
Regression: predicted_score. What the objective does not have is NaN.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from local_sagemaker.containers.recordio import Record, Tensor, write_records
from local_sagemaker.containers.xgboost.models import Array, XGBoostModel

Prediction = Mapping[str, Any]


def select(predictions: Array, keys: Sequence[str], model: XGBoostModel) -> list[dict[str, Any]]:
    """The asked outputs of each prediction; ValueError for an objective that has none."""
    if model.objective not in OUTPUTS:
        raise ValueError(
            f"Objective `{model.objective}` unsupported for selectable inference predictions."
        )
    outputs = OUTPUTS[model.objective]
    labels = {"labels": list(range(model.num_class or 2))}
    available = ({**labels, **outputs(prediction)} for prediction in predictions.tolist())
    return [{key: output.get(key, math.nan) for key in keys} for output in available]


def _logistic(probability: float) -> Prediction:
    both = [1.0 - probability, probability]
    return {
        "predicted_label": int(probability > 0.5),
        "probability": probability,
        "probabilities": both,
        "raw_score": probability,
        "raw_scores": both,
    }


def _margin(score: float) -> Prediction:
    return {**_label(score), "predicted_label": int(score > 0)}


def _label(score: float) -> Prediction:
    return {"predicted_label": score, "raw_score": score, "raw_scores": [1.0 - score, score]}


def _probabilities(probabilities: list[float]) -> Prediction:
    highest = max(probabilities)
    return {
        "predicted_label": probabilities.index(highest),
        "probability": highest,
        "probabilities": probabilities,
        "raw_score": highest,
        "raw_scores": probabilities,
    }


def _regression(score: float) -> Prediction:
    return {"predicted_score": score, "labels": math.nan}


OUTPUTS: dict[str, Callable[[Any], Prediction]] = {
    "binary:logistic": _logistic,
    "binary:logitraw": _margin,
    "binary:hinge": _label,
    "multi:softmax": _label,
    "multi:softprob": _probabilities,
    "reg:squarederror": _regression,
    "reg:logistic": _regression,
    "reg:gamma": _regression,
    "reg:absoluteerror": _regression,
    "reg:tweedie": _regression,
}


def to_csv(selected: Sequence[Prediction]) -> str:
    """A line a prediction; a list is written in quotes."""
    return "\n".join(
        ",".join(f'"{value}"' if isinstance(value, list) else str(value) for value in row.values())
        for row in selected
    )


def to_recordio(selected: Sequence[Prediction]) -> bytes:
    """A record a prediction; each output is a tensor under its name among the labels."""
    return write_records(
        Record(label={key: Tensor(np.atleast_1d(value)) for key, value in prediction.items()})
        for prediction in selected
    )


def to_json_lines(selected: Sequence[Prediction]) -> str:
    return "".join(f"{json.dumps(prediction)}\n" for prediction in selected)
