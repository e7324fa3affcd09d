"""What `retune prepare` shows of a table that it has prepared."""

from __future__ import annotations

from preparation.description import REGRESSION, Column, Description, OneHot, Ranked
from preparation.engine.prepare import Prepared
from rich.table import Table

_MAX_COLUMNS = 60  # that are shown
_MAX_CLASSES = 3


def channels_table(prepared: Prepared) -> Table:
    """Rows of each channel, with those of each class when they are few."""
    label, rows = prepared.description.label, prepared.description.rows
    classes = dict(enumerate(label.classes or ()))
    shown = classes if label.task != REGRESSION and len(classes) <= _MAX_CLASSES else {}
    table = Table("Channel")
    for heading in ("Rows", "Share", *(f"{name} = {place}" for place, name in shown.items())):
        table.add_column(heading, justify="right")
    for channel, count in rows.items():
        counts = [f"{prepared.labels[channel].get(place, 0):,}" for place in shown]
        table.add_row(channel, f"{count:,}", f"{count / sum(rows.values()):.1%}", *counts)
    return table


def columns_table(description: Description) -> Table:
    """Each column with what became of it; at most so many that they fit on a few screens."""
    table = Table("Column", "Kind", "Encoding")
    table.add_column("Features", justify="right")
    table.add_column("Missing", justify="right")
    rows = sum(description.rows.values())
    for column in description.columns[:_MAX_COLUMNS]:
        missing = description.missing_cells.get(column.name, 0)
        share = "" if not missing else f"{missing / rows:.1%}" if missing > rows / 1000 else "<0.1%"
        table.add_row(column.name, column.kind, _encoding(column), _count(column), share)
    for dropped in description.dropped[:_MAX_COLUMNS]:
        table.add_row(dropped.name, "dropped", dropped.reason, "", "")
    return table


def hidden_columns(description: Description) -> int:
    """How many the table has no room for."""
    shown = min(len(description.columns), _MAX_COLUMNS) + min(
        len(description.dropped), _MAX_COLUMNS
    )
    return len(description.columns) + len(description.dropped) - shown


def _encoding(column: Column) -> str:
    if isinstance(column, OneHot):
        return "one-hot"
    if isinstance(column, Ranked):
        return f"rank of {len(column.values):,}"
    return {"number": "as it is", "boolean": "1 or 0", "date": "its parts"}[column.encoding]


def _count(column: Column) -> str:
    return str(len(column.features))
