"""Rows without a header, which hold the features as a model was trained on them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from preparation.encoder import DELIMITERS

from retune.errors import InputError
from retune.tables.encoded_table import TableFile
from retune.tables.json_rows import csv_features, has_columns, is_json, read_json_rows
from retune.tables.libsvm_rows import is_libsvm, split_libsvm

CSV, LIBSVM = "text/csv", "text/libsvm"


@dataclass(frozen=True)
class FeatureRows:
    """Rows as an endpoint takes them, and what stood in the label's column of each."""

    content_type: str
    rows: list[str]
    labels: list[str]


def read_features(
    files: Sequence[TableFile], label_column: str | None, width: int | None
) -> FeatureRows:
    """All rows of the files, which have one format; `width` is how many features a row must have.

    Raises:
        InputError: there are none, or one is of another width; no cell is shown.
    """
    column = label_number(label_column)
    if is_json(files[0].path):
        rows = list(chain.from_iterable(map(_of_json, files)))
    else:
        rows = [row for file in files for row in read_rows(file)]
        if is_libsvm(rows[0]):
            labels, features = split_libsvm(rows, width)
            return FeatureRows(LIBSVM, features, labels)
    labels, features = split_label(rows, column)
    if width is not None:
        _require_width(features, width)
    return FeatureRows(CSV, features, labels)


def first_cells(file: TableFile) -> list[str]:
    """Of the first line that is not empty, whatever separates them; none of an empty file."""
    with open(file.path, encoding="utf-8-sig", errors="replace") as lines:
        line = next(filter(None, (line.strip() for line in lines)), "")
    return [cell.strip(' "') for cell in re.split(f"[{DELIMITERS}]", line)]


def is_number(cell: str) -> bool:
    """A missing one too."""
    try:
        float(cell or "nan")
    except ValueError:
        return False
    return True


def is_features(file: TableFile) -> bool:
    """Whether its first line is numbers alone, or libsvm."""
    cells = first_cells(file)
    return all(map(is_number, cells)) or is_libsvm(cells[0])


def read_rows(file: TableFile) -> list[str]:
    """The rows of a file without a header; InputError when there are none to read."""
    try:
        text = file.path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file.name} cannot be read: {error}") from error
    rows = [line for line in text.splitlines() if line.strip()]
    if not rows:
        raise InputError(f"{file.name} holds no row.")
    if not is_libsvm(rows[0]):
        _require_numbers(rows[0])
    return rows


def label_number(label_column: str | None) -> int | None:
    """Of a column without a name."""
    if label_column is None:
        return None
    if not label_column.isdecimal():
        raise InputError(
            f"--label-column {label_column!r}: rows without a header have no names. Give the "
            "column's number, from 0."
        )
    return int(label_column)


def split_label(rows: list[str], column: int | None) -> tuple[list[str], list[str]]:
    """Labels and the rows without them; InputError names the row that lacks the column."""
    if column is None:
        return [""] * len(rows), rows
    labels, features = [], []
    for number, cells in enumerate(csv.reader(rows), start=1):
        if column >= len(cells):
            raise InputError(
                f"--label-column {column}: row {number} has {len(cells)} columns, counted from 0."
            )
        labels.append(cells.pop(column))
        features.append(_line(cells))
    return labels, features


def _of_json(file: TableFile) -> list[str]:
    rows = read_json_rows(file.name, file.path)
    if has_columns(rows):
        raise InputError(
            f"{file.name} has rows by column, which only models take whose channels `retune "
            "prepare` has made. Give lists of features, in the order of the training data."
        )
    return [_line(cells) for cells in csv_features(file.name, rows)]


def _require_numbers(row: str) -> None:
    """A header must not reach the endpoint, which might answer it like a customer."""
    other = next((cell for cell in row.split(",") if not is_number(cell)), None)
    if other is not None:
        raise InputError(
            f"The first row holds {other!r}, which is no number. Rows are CSV without a header, in "
            "the order of the training data; tables with a header are for models whose channels "
            "`retune prepare` has made."
        )


def _require_width(rows: list[str], width: int) -> None:
    """An endpoint of XGBoost takes too few features for missing ones, without a word."""
    for number, cells in enumerate(csv.reader(rows), start=1):
        if len(cells) != width:
            hint = " --label-column 0 takes off a label that comes first."
            raise InputError(
                f"Row {number} has {len(cells)} columns, and the model that serves was trained on "
                f"{width} features.{hint if len(cells) == width + 1 else ''}"
            )


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()
