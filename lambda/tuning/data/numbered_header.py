"""A header row of numbers: pandas names columns 0,1,2,... when nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tuning.data.csv_cells import WITHOUT_HEADER
from tuning.data.csv_sample import Cells, CsvSample
from tuning.errors import Fault

_RULE = "Line 1 counts the columns, as a header row of pandas does"
_FEWEST = 3  # columns from which 0,1,2 may be names


def numbered_header_faults(sample: CsvSample) -> Iterator[Fault]:
    """When the first row is unlike all others, and so is none."""
    if _is_numbered(sample) and _has_fractions_below(sample):
        yield sample.piece.fault(f"{_RULE}: the algorithm takes it for data.", WITHOUT_HEADER)


def numbered_header_warnings(sample: CsvSample) -> Iterator[Fault]:
    """When the first row may as well be one."""
    if _is_numbered(sample):
        yield sample.piece.fault(f"{_RULE}, or is a row.", WITHOUT_HEADER)


def _is_numbered(sample: CsvSample) -> bool:
    if not sample.piece.begins:
        return False
    first, *below = [*islice(sample.rows.values(), 2)] or [()]
    counted = [str(position) for position in range(len(first))]
    return len(first) >= _FEWEST and [*first] == counted and [*below] != [first]


def _has_fractions_below(sample: CsvSample) -> bool:
    """Whether a column has fractions in all rows but the first one."""
    below: list[Cells] = [*islice(sample.rows.values(), 1, None)]
    columns = zip(*below, strict=True) if below else ()
    return any(all("." in cell for cell in column) for column in columns)
