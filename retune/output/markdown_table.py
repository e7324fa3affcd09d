"""Tables that are Markdown too, to be pasted where they are needed."""

from typing import Any

from rich import box
from rich.console import RenderableType
from rich.table import Table

from retune.output.terminal import styled


class MarkdownTable(Table):
    """A table in which no cell can begin another cell or row."""

    def __init__(self) -> None:
        super().__init__(box=box.MARKDOWN)

    def add_column(self, header: Any = "", *parts: Any, **options: Any) -> None:
        super().add_column(_cell(header), *parts, **options)

    def add_row(self, *cells: Any, **options: Any) -> None:
        super().add_row(*map(_cell, cells), **options)


def _cell(text: str | None) -> RenderableType:
    return styled((text or "").replace("|", "\\|"))
