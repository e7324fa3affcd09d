"""Whether an endpoint's answer to real rows is one that its algorithm can give."""

from __future__ import annotations

import json
import math

from tuning.endpoint.sample_request import SampleRequest
from tuning.errors import EndpointUnhealthy
from tuning.variables.predictions import Prediction

PROBABILITIES = ("binary:logistic", "reg:logistic", "multi:softprob")
_JSON = "application/json"


def check_answer(
    request: SampleRequest, answer: str, *, objective: str | None = None
) -> tuple[Prediction, ...]:
    """A prediction a row; raises EndpointUnhealthy, which names the first row that is wrong."""
    read = _scores_of_json if request.accept == _JSON else _lines_of_csv
    predictions = read(request, answer)
    if len(predictions) != len(request.rows):
        numbers = f"{len(predictions)} predictions to {len(request.rows)} rows"
        raise unhealthy(request, f"it answered {numbers}")
    in_bounds = objective in PROBABILITIES
    for number, values in enumerate(predictions):
        if not all(math.isfinite(value) for value in values):
            fault = "is predicted as what is no finite number"
            raise unhealthy(request, f"{request.name_of(number)} {fault}")
        if in_bounds and not all(0 <= value <= 1 for value in values):
            fault = f"is predicted as what {objective} cannot: probabilities from 0 to 1"
            raise unhealthy(request, f"{request.name_of(number)} {fault}")
    return tuple(
        Prediction(actual=_number(asked.actual), predicted=row[0] if len(row) == 1 else tuple(row))
        for asked, row in zip(request.rows, predictions, strict=True)
    )


def _lines_of_csv(request: SampleRequest, answer: str) -> list[list[float]]:
    """One prediction on each line, of one value or more."""
    lines = answer.split("\n")[:-1] if answer.endswith("\n") else answer.split("\n")
    return [_numbers(line) for line in lines]


def _scores_of_json(request: SampleRequest, answer: str) -> list[list[float]]:
    """The scores of {"predictions": [{"score": 0.4}, ...]}, of one value or more."""
    try:
        scores = [prediction["score"] for prediction in json.loads(answer)["predictions"]]
        return [
            [float(value) for value in (score if isinstance(score, list) else [score])]
            for score in scores
        ]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        fault = "its answer is no JSON with a score for each row"
        raise unhealthy(request, fault) from None


def unhealthy(request: SampleRequest, fault: str) -> EndpointUnhealthy:
    """The error. It holds neither request nor answer, which may repeat it."""
    return EndpointUnhealthy(
        f"The endpoint is InService, but {fault}. It was asked about {len(request.rows)} rows of "
        f"{request.source} ({request.content_type})."
    )


def _numbers(line: str) -> list[float]:
    """The values of one line; NaN for what is no number."""
    return [_float(text) for text in line.split(",")]


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _number(text: str) -> float | None:
    """A label, if it is a number that JSON can hold. What else stands there is not kept."""
    value = _float(text)
    return value if math.isfinite(value) else None
