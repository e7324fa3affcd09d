"""What an endpoint answers, in the words of the table that its model was trained on."""

from __future__ import annotations

import csv

from preparation.description import REGRESSION, Label

from retune.errors import FailedError

PREDICTED = "predicted"


def columns_of(label: Label, answer: str) -> list[str]:
    """Names of the columns that `cells_of` gives for such an answer."""
    probabilities = len(cells_of(label, answer)) > 1
    return [PREDICTED, *(label.classes or ())] if probabilities else [PREDICTED]


def cells_of(label: Label, answer: str) -> list[str]:
    """The predicted class and the probability of each; of a regression the number.

    A model may answer the number of the class alone. Raises FailedError for an answer that is
    neither.
    """
    if label.task == REGRESSION:
        return [answer]
    classes = label.classes or ()
    try:
        values = [float(value) for value in next(csv.reader([answer.strip("[]")]))]
    except (ValueError, StopIteration):
        values = []
    if len(values) == len(classes):
        return [classes[values.index(max(values))], *map(_written, values)]
    if len(values) == 1 and len(classes) == 2 and 0 <= values[0] <= 1:
        return [classes[values[0] > 0.5], _written(1 - values[0]), _written(values[0])]
    if len(values) == 1 and len(classes) > 2 and values[0] in range(len(classes)):
        return [classes[int(values[0])]]
    raise FailedError(
        f"The endpoint answers {answer!r}, which is no class of {label.name!r} and no probability "
        "of one: its model has an objective of another kind."
    )


def _written(probability: float) -> str:
    return f"{probability:.7g}"
