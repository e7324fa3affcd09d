"""The range of the first column of a Parquet file, the label, from the end of the file.

Beside the schema, the metadata have statistics of each column in each group of rows, where the
program that wrote the file has put them there (parquet.thrift of the format).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuning.data.parquet_columns import SCHEMA, is_decimal, read_metadata

_ROW_GROUPS = 4  # of the file
_COLUMNS, _METADATA, _STATISTICS = 1, 3, 12  # of a group, of a column's part, of its metadata
_TYPE, _NULLS, _MAX, _MIN = 1, 3, 5, 6
_LAYOUTS = {0: "?", 1: "<i", 2: "<q", 4: "<f", 5: "<d"}  # of types that are numbers


@dataclass(frozen=True)
class LabelRange:
    """The smallest and the largest label, and how many are missing."""

    low: float
    high: float
    missing: int


def read_label_range(end: bytes) -> LabelRange | None:
    """None when the metadata are not in `end`, or do not tell."""
    metadata = read_metadata(end, until=_ROW_GROUPS)
    try:
        if is_decimal((metadata or {})[SCHEMA][1]):
            return None  # statistics have it without its point
        groups = [_range(group[_COLUMNS][0][_METADATA]) for group in (metadata or {})[_ROW_GROUPS]]
        return LabelRange(
            min(group.low for group in groups),
            max(group.high for group in groups),
            sum(group.missing for group in groups),
        )
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error):
        return None


def _range(column: Mapping[int, Any]) -> LabelRange:
    statistics, layout = column[_STATISTICS], _LAYOUTS[column[_TYPE]]
    (low,), (high,) = (struct.unpack(layout, statistics[bound]) for bound in (_MIN, _MAX))
    return LabelRange(float(low), float(high), int(statistics.get(_NULLS, 0)))
