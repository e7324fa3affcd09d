"""An endpoint's answers in the words of the table that its model was trained on."""

from __future__ import annotations

import pytest
from preparation.description import BINARY, MULTICLASS, REGRESSION, Label

from retune.endpoints.class_answers import cells_of, columns_of
from retune.errors import FailedError

TWO = Label("bought", BINARY, ("no", "yes"))
THREE = Label("kind", MULTICLASS, ("cat", "dog", "emu"))
NUMBER = Label("price", REGRESSION)


@pytest.mark.parametrize(
    ("label", "answer", "cells"),
    [
        (TWO, "0.25", ["no", "0.75", "0.25"]),
        (TWO, "0.75", ["yes", "0.25", "0.75"]),
        (TWO, "0.1,0.9", ["yes", "0.1", "0.9"]),
        (THREE, "0.2,0.7,0.1", ["dog", "0.2", "0.7", "0.1"]),
        (THREE, "[0.2, 0.1, 0.7]", ["emu", "0.2", "0.1", "0.7"]),
        (THREE, "2.0", ["emu"]),
        (NUMBER, "-12.5", ["-12.5"]),
    ],
)
def test_answer_is_the_class_and_the_probability_of_each(
    label: Label, answer: str, cells: list[str]
) -> None:
    assert cells_of(label, answer) == cells
    names = ["predicted", *(label.classes or ())]
    assert columns_of(label, answer) == names[: len(cells)]


@pytest.mark.parametrize(
    ("label", "answer"), [(TWO, "1.7"), (TWO, "nan"), (THREE, "3"), (THREE, "0.5"), (TWO, "what")]
)
def test_answer_of_another_objective_is_refused(label: Label, answer: str) -> None:
    with pytest.raises(FailedError, match="an objective of another kind"):
        cells_of(label, answer)
