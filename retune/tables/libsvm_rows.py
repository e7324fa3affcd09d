"""Rows of libsvm: `[label] [qid:query] index:value ...`, with indices from 0."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retune.errors import InputError

_FEATURE = re.compile(r"\d+:\S+")


def is_libsvm(row: str) -> bool:
    return any(map(_FEATURE.fullmatch, row.split()))


def split_libsvm(rows: Sequence[str], width: int | None) -> tuple[list[str], list[str]]:
    """Labels, empty where there is none, and the rows without label and query.

    Raises InputError, which shows no cell, for a row of another form, or with more features than
    the `width` that the model was trained on.
    """
    labels, features = [], []
    for number, row in enumerate(rows, start=1):
        first, *others = row.split()
        has_label = ":" not in first
        labels.append(first if has_label else "")
        cells = others if has_label else [first, *others]
        given = [cell for cell in cells if not cell.startswith("qid:")]
        if not all(map(_FEATURE.fullmatch, given)):
            raise InputError(f"Row {number} is no libsvm: write index:value, with indices from 0.")
        if width is not None and any(int(cell.split(":")[0]) >= width for cell in given):
            raise InputError(
                f"Row {number} has an index above {width - 1}, and the model that serves was "
                f"trained on {width} features, counted from 0."
            )
        features.append(" ".join(given))
    return labels, features
