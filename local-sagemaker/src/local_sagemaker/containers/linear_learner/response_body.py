"""The body of an answer: "Linear learner response formats" in the developer guide."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from local_sagemaker.containers import recordio
from local_sagemaker.containers.linear_learner.losses import Array
from local_sagemaker.containers.linear_learner.model import LinearModel
from local_sagemaker.containers.linear_learner.request_body import JSON, JSON_LINES
from local_sagemaker.containers.recordio import Record, Tensor

ACCEPTED = (JSON, JSON_LINES, recordio.CONTENT_TYPE)


def accepted_type(accept: str | None) -> str:
    """The content type to answer in: JSON for any that the algorithm does not have.

    So text/csv, which it takes but does not give, is answered in JSON, as the container does
    (aws/sagemaker-python-sdk#993).
    """
    asked = (accept or "").split(";")[0].strip().lower()
    return asked if asked in ACCEPTED else JSON


def encode(model: LinearModel, features: Array, accept: str) -> bytes:
    """The model's predictions for these rows in an accepted content type."""
    scores = model.scores(features)
    labels = model.labels(scores)
    if accept == recordio.CONTENT_TYPE:
        return recordio.write_records(_records(scores, labels))
    predictions = list(_predictions(scores, labels))
    if accept == JSON_LINES:
        return "".join(f"{json.dumps(prediction)}\n" for prediction in predictions).encode()
    return json.dumps({"predictions": predictions}).encode()


def _predictions(scores: Array, labels: Array | None) -> Iterator[dict[str, Any]]:
    """A score, or one for each of several classes, and a classifier's label."""
    for number, row in enumerate(scores.tolist()):
        score = {"score": row if len(row) > 1 else row[0]}
        yield score if labels is None else score | {"predicted_label": int(labels[number])}


def _records(scores: Array, labels: Array | None) -> Iterator[Record]:
    for number, row in enumerate(scores):
        label = {"score": Tensor(row)}
        if labels is not None:
            label["predicted_label"] = Tensor(np.array([labels[number]]))
        yield Record(label=label)
