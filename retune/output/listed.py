"""Writes what a command lists: a table for a person, or JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from rich.table import Table

from retune.output import terminal
from retune.output.markdown_table import MarkdownTable
from retune.output.plain_table import PlainTable

Entries = Sequence[Mapping[str, Any]]

WIDE = 200  # columns of a table that is not read on a terminal


class Format(StrEnum):
    """How a command writes what it shows."""

    TABLE = "table"
    JSON = "json"


def write(entries: Entries, format: Format, table: Callable[[], Table], none: str) -> None:
    """Writes the entries; `none` goes to standard error in place of an empty table."""
    if format is Format.JSON:
        write_json(entries)
    elif entries:
        write_table(table())
    else:
        terminal.write(none, err=True)


def write_json(document: Any) -> None:
    terminal.write(json.dumps(document, indent=2))


def new_table() -> Table:
    """For a terminal, or as Markdown to be pasted from a file."""
    return PlainTable() if terminal.Terminal().fits else MarkdownTable()


def write_table(table: Table) -> None:
    """As wide as the terminal; a file has room enough."""
    console = terminal.Terminal()
    console.width = console.width if console.fits else WIDE
    console.print(table)
