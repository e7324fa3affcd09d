"""What a cell of CSV must be, so that training and serving read the same number.

XGBoost's training takes any text for a missing value or for 0; its server reads a cell as Python's
`float` does, and an empty one as missing. tests/differential asks both.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from tuning.algorithms.valid_range import number
from tuning.data.text_mistake import text_mistake

# What programs write for a missing value, in lower case; of these both ends take the first two.
MISSING = {"", "nan", "na", "n/a", "#n/a", "<na>", "null", "none", "nil", "?", "-", ".", "missing"}
_TAKEN = {"", "nan"}
_LARGEST = Decimal("3.4028e38")
WITHOUT_HEADER = "Write the file without it; in pandas: to_csv(..., header=False, index=False)."
_BOOLEANS = {"true", "false"}
_LEAVE_EMPTY = (
    'Write a missing value as an empty cell; in pandas: to_csv(..., na_rep=""), in R: '
    'write.table(..., na = "").'
)


def is_missing(cell: str) -> bool:
    """Whether training and serving alike take it for a missing value; a blank is none."""
    return cell == "" or cell.strip().lower() in _TAKEN - {""}


def cell_mistake(cell: str, *, in_header: bool, missing_values: bool) -> tuple[str, str] | None:
    """Half a sentence and what to do; None for a number, or a missing value where it may be one."""
    value = number(cell)
    if value is not None and abs(value) > _LARGEST:
        return "is larger than 32 bits hold, in which training counts", "Scale the column."
    if value is not None or (missing_values and is_missing(cell)):
        return None
    text = cell.strip().lower()
    if text in _BOOLEANS:
        rule = "is a truth value; the algorithm reads True and False alike as 0"
        return rule, "Write them as 1 and 0; in pandas: get_dummies(frame, dtype=int)."
    if text in MISSING:
        return _of_missing(missing_values=missing_values)
    if in_header:
        rule = "is part of a header row, which the algorithm takes for data"
        return rule, WITHOUT_HEADER
    return text_mistake(text)


def _of_missing(*, missing_values: bool) -> tuple[str, str]:
    if missing_values:
        return "is a missing value, in a form that the endpoint does not take", _LEAVE_EMPTY
    rule = "is a missing value, which the algorithm does not take"
    return rule, "Fill it, for example with the mean of its column, or leave the row out."


def is_header(first: Sequence[str], below: Collection[str] | None) -> bool:
    """Whether the first line names columns: no cell of it is a number, or numbers stand below.

    `below` is the second row, None when it was not read.
    """
    texts = [cell for cell in first if cell.strip().lower() not in MISSING]
    named = [number(cell) is None for cell in texts]
    if any(named) and below is not None:
        pairs = zip(first, below, strict=False)
        return any(
            number(cell) is None
            and cell.strip().lower() not in MISSING
            and number(under) is not None
            for cell, under in pairs
        )
    return bool(named) and all(named)
