"""How many features a row has, and their names where the format has any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from tuning.data.csv_sample import CsvSample
from tuning.data.data_format import DataFormat
from tuning.data.parquet_columns import parquet_columns
from tuning.data.piece import Piece
from tuning.data.recordio import count_features
from tuning.data.s3_location import S3Location

_READ_BYTES = 200_000  # of the beginning, or the end, of one object
_MAX_NAMES = 8_000  # characters of all names together: they go through every state


class RangeReader(Protocol):
    """Reads S3; the module tuning.aws.objects is one."""

    def read_start(self, location: S3Location, size_bytes: int) -> bytes: ...

    def read_end(self, location: S3Location, size_bytes: int) -> bytes: ...


@dataclass(frozen=True)
class FeatureColumns:
    """The columns without label and weight. What cannot be known is None, or empty."""

    count: int | None = None
    names: tuple[str, ...] = ()


def feature_columns(
    place: S3Location, data_format: DataFormat | None, data: RangeReader, *, weighted: bool
) -> FeatureColumns:
    """Of an object's rows; `weighted` ones have a weight beside their label.

    Rows of libsvm leave features out, so that none tells how many there are.
    """
    others = 2 if weighted else 1
    if data_format is DataFormat.PARQUET:
        names = parquet_columns(data.read_end(place, _READ_BYTES))
        features = names[others:] if names else ()
        known = bounded_names(features)
        return FeatureColumns(len(features), known) if names else FeatureColumns()
    counting: dict[DataFormat | None, Callable[[bytes], int | None]] = {
        DataFormat.CSV: lambda start: _csv_features(start, others),
        DataFormat.RECORDIO: lambda start: count_features(BytesIO(start)),
    }
    if data_format not in counting:
        return FeatureColumns()
    return FeatureColumns(counting[data_format](data.read_start(place, _READ_BYTES)))


def bounded_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, or none of too many."""
    return names if sum(map(len, names)) <= _MAX_NAMES else ()


def _csv_features(start: bytes, others: int) -> int | None:
    goes_on = len(start) >= _READ_BYTES
    sample = CsvSample.of(Piece("", "", start, 0, len(start) + goes_on))
    return sample.columns - others if sample.rows and not sample.cut else None
