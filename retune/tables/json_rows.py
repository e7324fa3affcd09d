"""Rows in JSON: objects by column, or lists of the features as a model was trained on them.

A list of rows, a row a line, or `{"instances": [{"features": [...]}]}` as Linear Learner has it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from retune.errors import InputError

_FEATURES = "features"


def is_json(path: Path) -> bool:
    """Whether the first character that is no blank begins an object or a list."""
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        first = next((line.strip() for line in file if line.strip()), "")
    return first[:1] in ("{", "[")


def read_json_rows(source: str, path: Path) -> list[Any]:
    """Objects by column or lists of features, all of them of one kind.

    Raises:
        InputError: it is no JSON, holds no row, or rows of other kinds; no cell is shown.
    """
    found = _rows(source, path.read_text("utf-8-sig", errors="replace"))
    rows = [each[_FEATURES] if _is_instance(each) else each for each in found]
    if not rows:
        raise InputError(f"{source} holds no row.")
    kind = type(rows[0])
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict | list) or not isinstance(row, kind):
            raise InputError(
                f"{source}, row {number}, must be {'an object' if kind is dict else 'a list'} as "
                "all rows are: an object by column, or a list of features."
            )
    return rows


def has_columns(rows: Sequence[Any]) -> bool:
    """Whether rows are objects by column."""
    return isinstance(rows[0], dict)


def csv_features(source: str, rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    """The cells that lists of features have in CSV; null is a missing one."""
    return [
        [_cell(source, number, value) for value in row] for number, row in enumerate(rows, start=1)
    ]


def _cell(source: str, number: int, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{source}, row {number}, has a feature that is no number.")
    return repr(value)


def _rows(source: str, text: str) -> list[Any]:
    """Of one document, or of a document a line."""
    try:
        document = json.loads(text)
    except ValueError:
        return [_line(source, at, line) for at, line in _lines(text)]
    if isinstance(document, dict) and isinstance(document.get("instances"), list):
        return list(document["instances"])
    is_row = isinstance(document, dict) or not any(isinstance(x, dict | list) for x in document)
    return [document] if is_row and document else list(document)


def _lines(text: str) -> list[tuple[int, str]]:
    return [(at, line) for at, line in enumerate(text.split("\n"), start=1) if line.strip()]


def _line(source: str, at: int, line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        place = getattr(error, "colno", 1)
        reason = f"line {at}, character {place}, is no JSON"
        raise InputError(f"{source}, {reason}. Write a list of rows, or a row a line.") from None


def _is_instance(row: Any) -> bool:
    return isinstance(row, dict) and list(row) == [_FEATURES] and isinstance(row[_FEATURES], list)
