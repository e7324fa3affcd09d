"""Tables for a terminal: columns without lines, which fit it."""

from typing import Any

from rich.table import Table

from retune.output.terminal import styled


class PlainTable(Table):
    """A cell that is too long for its column goes on below and is never cut."""

    def __init__(self) -> None:
        super().__init__(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")

    def add_column(self, header: Any = "", *parts: Any, **options: Any) -> None:
        super().add_column(styled(header), *parts, **{"overflow": "fold", **options})

    def add_row(self, *cells: Any, **options: Any) -> None:
        super().add_row(*(styled(cell or "") for cell in cells), **options)
