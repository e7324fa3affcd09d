"""Writes what `retune local` lists: a table for a person, or JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.table import Table

from retune import terminal
from retune.options import Format

Entries = Sequence[Mapping[str, Any]]
Written = Annotated[Format, typer.Option("--format", help="How to write them.")]

_WIDE = 200  # columns of a table, also where nobody reads it on a terminal


def write(entries: Entries, format: Format, table: Callable[[Entries], Table], none: str) -> None:
    """Writes the entries; `none` goes to standard error in place of an empty table."""
    if format is Format.JSON:
        terminal.write(json.dumps(entries, indent=2))
    elif entries:
        terminal.Terminal(width=_WIDE).print(table(entries))
    else:
        terminal.write(none, err=True)
