"""Which format an object has, of those that `tuning.data.table` reads."""

from __future__ import annotations

from tuning.data.data_format import DataFormat
from tuning.data.first_bytes import foreign_kind, is_libsvm
from tuning.data.recordio import begins_a_record

_READ = "CSV, libsvm and recordio-protobuf are read, uncompressed"


def format_of(start: bytes) -> DataFormat:
    """Raises ValueError, in words, for a format that is not read."""
    foreign = foreign_kind(start)
    if foreign:
        raise ValueError(f"it is {foreign.name}: {_READ}")
    if begins_a_record(start):
        return DataFormat.RECORDIO
    return DataFormat.LIBSVM if is_libsvm(start) else DataFormat.CSV
