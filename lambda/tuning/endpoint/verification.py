"""Whether an endpoint answers rows of the validation channel as its algorithm can."""

from __future__ import annotations

import json
import math
from typing import Any

from tuning.endpoint.sample_request import Question, cut
from tuning.errors import EndpointUnhealthy

PROBABILITIES = ("binary:logistic", "reg:logistic", "multi:softprob")
_JSON = "application/json"


def check_answer(
    question: Question, answer: str, *, objective: str | None = None
) -> list[dict[str, Any]]:
    """Rows of {Actual, Predicted}; raises EndpointUnhealthy with what was asked and answered.

    Predicted is a list where the algorithm answers one value a class.
    """
    read = _scores_of_json if question.accept == _JSON else _lines_of_csv
    predictions = read(question, answer)
    if len(predictions) != len(question.samples):
        asked, answered = len(question.samples), len(predictions)
        raise unhealthy(question, answer, f"it answered {answered} predictions to {asked} rows")
    if not all(math.isfinite(value) for row in predictions for value in row):
        raise unhealthy(question, answer, "not every predicted value is a finite number")
    if objective in PROBABILITIES and not all(0 <= v <= 1 for row in predictions for v in row):
        raise unhealthy(question, answer, f"{objective} must predict probabilities from 0 to 1")
    return [
        {"Actual": _number(sample.actual), "Predicted": row[0] if len(row) == 1 else row}
        for sample, row in zip(question.samples, predictions, strict=True)
    ]


def _lines_of_csv(question: Question, answer: str) -> list[list[float]]:
    """A prediction a line, of one value or more."""
    lines = answer.split("\n")[:-1] if answer.endswith("\n") else answer.split("\n")
    return [_numbers(line) for line in lines]


def _scores_of_json(question: Question, answer: str) -> list[list[float]]:
    """The scores of {"predictions": [{"score": 0.4}, ...]}, of one value or more."""
    try:
        scores = [prediction["score"] for prediction in json.loads(answer)["predictions"]]
        return [
            [float(value) for value in (score if isinstance(score, list) else [score])]
            for score in scores
        ]
    except (ValueError, TypeError, KeyError) as error:
        raise unhealthy(
            question, answer, f"its answer is no JSON with a score for each row ({error!r})"
        ) from error


def unhealthy(question: Question, answer: str, fault: str) -> EndpointUnhealthy:
    """The error with both sides of the conversation, long ones cut."""
    return EndpointUnhealthy(
        f"The endpoint is InService, but {fault}.\n"
        f"Asked ({question.content_type}): {question.shown}\n"
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
