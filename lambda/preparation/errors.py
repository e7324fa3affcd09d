"""What a person reads of a table that cannot be prepared as it was asked."""

from __future__ import annotations

from collections.abc import Sequence


class TableError(ValueError):
    """Sentences that name file or column, the rule and the fix; none shows a cell of the table."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))


def named(columns: Sequence[str]) -> str:
    """Columns in a sentence: `Column 'a'`, or `Columns 'a', 'b' and 3 more`."""
    return f"{'Column' if len(columns) == 1 else 'Columns'} {listed(columns)}"


def listed(names: Sequence[str], shown: int = 5) -> str:
    """The first of many names."""
    more = f" and {len(names) - shown:,} more" if len(names) > shown else ""
    return ", ".join(map(repr, names[:shown])) + more
