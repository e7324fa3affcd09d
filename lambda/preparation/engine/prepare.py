"""A table becomes channels with a description, from the first file to the last warning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from preparation import encoder
from preparation.description import FILE_NAME, Description
from preparation.engine.channels import write_channels
from preparation.engine.database import Progress, open_database
from preparation.engine.encoding import features
from preparation.engine.kept import keep_columns, keep_label
from preparation.engine.kinds import find_kinds
from preparation.engine.labels import learn_label
from preparation.engine.learning import learn_columns
from preparation.engine.loading import CELLS, Source, Table, load
from preparation.engine.rows import ROWS, check_channels, count_labels, make_rows
from preparation.engine.warnings import Judged, warnings_of
from preparation.errors import TableError
from preparation.request import Request
from preparation.row_split import RowSplit


@dataclass(frozen=True)
class Prepared:
    """`labels` counts the rows of each channel by class; of a regression, all are of class 0."""

    description: Description
    labels: Mapping[str, Mapping[int, int]]
    warnings: tuple[str, ...]


def prepare(
    sources: Sequence[Source],
    request: Request,
    folder: Path,
    *,
    progress: Progress,
    workspace: Path | None = None,
    kept: Description | None = None,
) -> Prepared:
    """Writes into the folder a folder a channel, the description and the encoder.

    `workspace` is where the table is put while it is worked on; without it, the folder for
    temporary files. Columns and label are learned, unless `kept` says how they are encoded. Raises
    TableError for what cannot be prepared, OSError where the machine cannot.
    """
    split = request.split
    channels = RowSplit(split.test, split.validation, split.salt).channels
    with open_database(progress, workspace) as database:
        table = load(database, sources, request)
        progress("Looking at columns", None)
        kinds = find_kinds(table, request)
        label = learn_label(table, kinds, request)
        if kept:
            label = keep_label(label, kept.label, request)
        make_rows(table, kinds, request)
        label_cell = table.cell(request.label)
        labels = count_labels(database, label, label_cell, channels)
        check_channels(labels, label, request)
        if kept:
            columns, dropped = keep_columns(table, kinds, kept)
        else:
            columns, dropped = learn_columns(table, kinds, request)
        if not columns:
            reasons = "; ".join(f"{one.name!r}: {one.reason}" for one in dropped)
            raise TableError(f"No column is left to learn from. {reasons}.")
        description = Description(
            label=label.label,
            columns=tuple(columns),
            missing=request.all_missing,
            dropped=tuple(dropped),
            split=split,
            rows={name: sum(counts.values()) for name, counts in labels.items()},
            rows_without_label=_without_label(table, request),
            missing_cells=_missing_cells(table, [column.name for column in columns]),
            sources=table.sources,
        )
        whole = {name for name, kind in kinds.items() if kind.whole}
        cells = [(column, table.cell(column.name)) for column in columns]
        encoded = features(database, cells, whole)
        write_channels(database, label.value(label_cell), encoded, channels, folder)
        warnings = tuple(warnings_of(Judged(table, description, kinds, label, labels)))
    (folder / FILE_NAME).write_text(description.to_json(), encoding="utf-8")
    (folder / "encoder.py").write_bytes(Path(encoder.__file__).read_bytes())
    return Prepared(description, labels, warnings)


def _without_label(table: Table, request: Request) -> int:
    cell = table.cell(request.label)
    (rows,) = table.database.row(f"SELECT count(*) FROM {CELLS} WHERE {cell} IS NULL")
    return int(rows)


def _missing_cells(table: Table, names: Sequence[str]) -> dict[str, int]:
    """Of the columns that have any."""
    counts = [f"count(*) - count({table.cell(name)})" for name in names]
    found = table.database.values(counts, ROWS)
    return {name: count for name, count in zip(names, found) if count}
