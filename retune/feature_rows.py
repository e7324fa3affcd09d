"""Rows of CSV without a header, which hold the features as a model was trained on them."""

from __future__ import annotations

import csv
import io
import re

from preparation.encoder import DELIMITERS
from tuning.report.csv_lines import csv_lines

from retune.encoded_table import TableFile
from retune.errors import InputError


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


def labelled(label: str, answer: str) -> str:
    """A line of CSV: what really happened, and what was predicted, in one column or in several."""
    predicted = next(csv.reader([answer]), []) or [""]
    return csv_lines([[label, *predicted]]).removesuffix("\n")


def read_rows(file: TableFile) -> list[str]:
    """The rows of a file without a header; InputError when there are none to read."""
    try:
        text = file.path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file.name} cannot be read: {error}") from error
    return rows_of(file.name, text)


def rows_of(name: str, text: str) -> list[str]:
    """The rows of a text that messages call so; InputError when there are none."""
    rows = [line for line in text.splitlines() if line.strip()]
    if not rows:
        raise InputError(f"{name} holds no row.")
    _require_numbers(rows[0])
    return rows


def _require_numbers(row: str) -> None:
    """A header must not reach the endpoint, which might answer it like a customer."""
    other = next((cell for cell in row.split(",") if not is_number(cell)), None)
    if other is not None:
        raise InputError(
            f"The first row holds {other!r}, which is no number. Rows are CSV without a header, in "
            "the order of the training data; tables with a header are for models whose channels "
            "`retune prepare` has made."
        )


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


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()
