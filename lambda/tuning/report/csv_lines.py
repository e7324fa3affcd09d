"""CSV that a person can open in a spreadsheet, which computes nothing of it.

A text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises
against CSV injection; a number stays a number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from tuning.visible import visible

# The last four are the same signs in full width, which some spreadsheets take for them.
_FORMULA_BEGINS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")

Cell = str | float | None


def csv_lines(rows: Iterable[Sequence[Cell]]) -> str:
    """A line a row; a cell without a value is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()


def _harmless(cell: str) -> str:
    shown = visible(cell)
    begins = shown.lstrip().startswith(_FORMULA_BEGINS) or shown.startswith(("\t", "\n"))
    return f"'{shown}" if begins and not _is_number(shown) else shown


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
