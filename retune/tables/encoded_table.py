"""Raw rows of a table as the features that a model was trained on."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from preparation.description import FILE_NAME, Description
from preparation.encoder import Encoder, cell_text, csv_row
from preparation.errors import named

from retune.errors import InputError
from retune.tables.raw_table import header_of, raw_rows


@dataclass(frozen=True)
class TableFile:
    """A file of this machine, and what messages call it."""

    name: str
    path: Path


@dataclass(frozen=True)
class EncodedTable:
    """`rows` are lines of CSV; `labels` what stands in the label's column, None without one.

    `notes` are what a person should know: columns that do not count, values that training had not.
    """

    rows: list[str]
    labels: list[str] | None
    notes: list[str] = field(default_factory=list)


def encode_table(
    files: Sequence[TableFile], description: Description, label_column: str | None
) -> EncodedTable:
    """All rows, or none.

    Raises:
        InputError: a column of the description is missing, or a cell is of another kind; it names
            column and line and shows no cell.
    """
    encoder = Encoder(description.to_document())
    rows, labels, unused = [], [], dict[str, None]()
    for file in files:
        names = header_of(file.name, file.path)
        _require_columns(file, names, encoder.columns)
        label = None if label_column is None else _label_name(file, names, label_column)
        unused |= dict.fromkeys(_unused(names, description, label))
        for row in raw_rows(file.name, file.path):
            try:
                rows.append(csv_row(encoder.encode(row.cells)))
            except ValueError as fault:
                raise InputError(f"{file.name}, {row.place}: {fault}") from fault
            if label is not None:
                labels.append(_text(row.cells[label]))
    if not rows:
        raise InputError(f"{files[0].name} has no row below its header.")
    notes = [*_about_columns(list(unused), description.label.name), *about_unseen(encoder)]
    return EncodedTable(rows, None if label_column is None else labels, notes)


def _text(cell: Any) -> str:
    """As it would stand in CSV."""
    return cell_text(cell, ()) or ""


def _about_columns(unused: list[str], label: str) -> Iterator[str]:
    if label in unused:
        yield f"Column {label!r} is the label: --label-column {shlex.quote(label)} shows it."
    others = [name for name in unused if name != label]
    if others:
        yield f"{named(others)}: not used."


def about_unseen(encoder: Encoder) -> Iterator[str]:
    """A sentence for each column of which rows had a value that training had not."""
    for name, count in encoder.unseen.items():
        rows = "1 row" if count == 1 else f"{count:,} rows"
        yield f"Column {name!r} has an unseen value in {rows}: one that training had not."


def _require_columns(file: TableFile, names: Sequence[str], columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in names]
    if missing:
        raise InputError(
            f"{named(missing)}: {file.name} lacks what the model was trained with ({FILE_NAME}). "
            "Give a table with a header that names it, or rows of features with --no-header."
        )


def _label_name(file: TableFile, names: Sequence[str], given: str) -> str:
    """By its name, or its number from 0."""
    if given in names:
        return given
    if given.isdecimal() and int(given) < len(names):
        return names[int(given)]
    raise InputError(
        f"--label-column {given!r}: {file.name} has no such column, nor one of that number from 0."
    )


def _unused(names: Sequence[str], description: Description, label: str | None) -> list[str]:
    """Columns that the table had not, which was prepared: what was dropped then is no news."""
    known = {column.name for column in (*description.columns, *description.dropped)}
    return [name for name in names if name not in known | {label}]
