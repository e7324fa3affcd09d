"""Whether an endpoint's answer to real rows is one that its algorithm can give."""

from __future__ import annotations

import json
import math

from tuning.endpoint.sample_request import SampleRequest, cut
from tuning.errors import EndpointUnhealthy
from tuning.variables.predictions import Prediction

PROBABILITIES = ("binary:logistic", "reg:logistic", "multi:softprob")
_JSON = "application/json"


def check_answer(
    request: SampleRequest, answer: str, *, objective: str | None = None
) -> tuple[Prediction, ...]:
    """A prediction a row; raises EndpointUnhealthy with request and answer."""
    read = _scores_of_json if request.accept == _JSON else _lines_of_csv
    predictions = read(request, answer)
    if len(predictions) != len(request.rows):
        numbers = f"{len(predictions)} predictions to {len(request.rows)} rows"
        raise unhealthy(request, answer, f"it answered {numbers}")
    if not all(math.isfinite(value) for row in predictions for value in row):
        raise unhealthy(request, answer, "not every predicted value is a finite number")
    if objective in PROBABILITIES and not all(0 <= v <= 1 for row in predictions for v in row):
        raise unhealthy(request, answer, f"{objective} must predict probabilities from 0 to 1")
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
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise unhealthy(
            request, answer, f"its answer is no JSON with a score for each row ({error!r})"
        ) from error


def unhealthy(request: SampleRequest, answer: str, fault: str) -> EndpointUnhealthy:
    """The error, with the beginnings of request and answer."""
    return EndpointUnhealthy(
        f"The endpoint is InService, but {fault}.\n"
        f"Asked ({request.content_type}): {request.shown}\n"
        f"Answered: {cut(answer)}"
    )


def _numbers(line: str) -> list[float]:
    """The values of one line; NaN for what is no number."""
    return [_float(text) for text in line.split(",")]


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _number(text: str) -> float | str:
    """A label as a number, where it is one that JSON can hold."""
    value = _float(text)
    return value if math.isfinite(value) else text
