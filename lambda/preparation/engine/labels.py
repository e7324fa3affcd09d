"""What the label makes of the task: classes with their numbers, or a number itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from preparation.description import BINARY, MULTICLASS, REGRESSION, Label
from preparation.encoder import number_of
from preparation.engine import sql
from preparation.engine.kinds import NUMBER, Kind
from preparation.engine.loading import CELLS, Table
from preparation.errors import TableError
from preparation.request import Request

_MAX_CLASSES = 100
_MAX_NUMBERED_CLASSES = 10  # more whole numbers than these are quantities,
_ROWS_OF_A_CLASS = 10  # and so are those that fewer rows have


@dataclass(frozen=True)
class LearnedLabel:
    """`cells` are the texts of each class by its number, which may be written in many ways."""

    label: Label
    cells: tuple[tuple[str, ...], ...]
    guessed: bool  # whether whole numbers were taken for classes, or not

    def value(self, cell: str) -> str:
        """SQL of the number that a model learns."""
        if self.label.task == REGRESSION:
            return sql.number(cell, self.label.decimal)
        arms = (
            f"WHEN {cell} IN ({sql.literals(texts)}) THEN {number}"
            for number, texts in enumerate(self.cells)
        )
        return f"CASE {' '.join(arms)} END"


def learn_label(table: Table, kinds: Mapping[str, Kind], request: Request) -> LearnedLabel:
    """Raises TableError for a label that fits no task, or not the one that is asked for."""
    name, kind = request.label, kinds[request.label]
    cell = table.cell(name)
    found = table.database.rows(
        f"SELECT {cell}, count(*) FROM {CELLS} WHERE {cell} IS NOT NULL GROUP BY ALL "
        f"ORDER BY ALL LIMIT {_MAX_CLASSES * 10}"
    )
    if not found:
        raise TableError(f"--label {name!r}: no row has one. Name the column that is predicted.")
    rows = dict(found)
    classes = _classes([*rows], kind)
    rarest = min(sum(rows[text] for text in texts) for texts in classes.values())
    task = request.task or _task(len(classes), rarest, kind)
    if task == REGRESSION:
        if kind.kind != NUMBER:
            raise TableError(f"--task regression: --label {name!r} is no number in every row.")
        guessed = request.task is None and kind.whole and len(classes) <= _MAX_CLASSES
        return LearnedLabel(Label(name, task, None, str(kind.form)), (), guessed)
    _check_classes(classes, task, request)
    positive = _positive(classes, request)
    names = tuple(sorted(classes, key=lambda text: (text == positive, *_order(text, kind))))
    label = Label(name, task, names, str(kind.form) if kind.kind == NUMBER else ".")
    guessed = request.task is None and kind.kind == NUMBER and task == MULTICLASS
    return LearnedLabel(label, tuple(classes[text] for text in names), guessed)


def _classes(texts: list[str], kind: Kind) -> dict[str, tuple[str, ...]]:
    """Classes with the cells that mean them: of numbers 1 and 1.0 are one."""
    found: dict[str, tuple[str, ...]] = {}
    for text in sorted(texts):
        name = text
        if kind.kind == NUMBER:
            value = number_of(text, str(kind.form)) or 0.0
            name = str(int(value)) if value.is_integer() else repr(value)
        found[name] = (*found.get(name, ()), text)
    return found


def _order(text: str, kind: Kind) -> tuple[float, str]:
    return (float(text), "") if kind.kind == NUMBER else (0, text)


def _task(classes: int, rarest: int, kind: Kind) -> str:
    """By the number of classes and the rows of the rarest."""
    if classes == 2:
        return BINARY
    numbered = kind.whole and classes <= _MAX_NUMBERED_CLASSES and rarest >= _ROWS_OF_A_CLASS
    return REGRESSION if kind.kind == NUMBER and not numbered else MULTICLASS


def _check_classes(classes: Mapping[str, object], task: str, request: Request) -> None:
    name, count = request.label, len(classes)
    if count == 1:
        raise TableError(f"--label {name!r} has one value in all rows: there is nothing to learn.")
    if count > _MAX_CLASSES:
        raise TableError(
            f"--label {name!r} has more than {_MAX_CLASSES} values, which are no classes. Name "
            "another column, or say --task regression for numbers."
        )
    if task == BINARY and count != 2:
        raise TableError(f"--task binary: --label {name!r} has {count} values, not 2.")


def _positive(classes: Mapping[str, object], request: Request) -> str | None:
    if request.positive is None:
        return None
    if len(classes) != 2:
        raise TableError("--positive is of two classes, and the label has another number of them.")
    if request.positive not in classes:
        raise TableError(
            f"--positive {request.positive!r} is no value of the label. It has "
            f"{' and '.join(map(repr, sorted(classes)))}."
        )
    return request.positive
