"""What a person reads of a table that cannot be prepared as it was asked."""

from __future__ import annotations

from collections.abc import Sequence


class TableError(ValueError):
    """Sentences that name file or column, the rule and the fix; none shows a cell of the table."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))


def named(columns: Sequence[str], shown: int = 5) -> str:
    """Columns in a sentence: `Column 'a'`, or `Columns 'a', 'b' and 3 more`."""
    names = ", ".join(map(repr, columns[:shown]))
    more = f" and {len(columns) - shown} more" if len(columns) > shown else ""
    return f"Column {names}" if len(columns) == 1 else f"Columns {names}{more}"
