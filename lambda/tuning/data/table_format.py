"""Which format an object has, told from its first bytes: names of files say little in S3."""

from __future__ import annotations

import re

from tuning.data.data_format import DataFormat
from tuning.data.recordio import begins_a_record

# What other programs write, by its first bytes: each would need a reader of its own.
_FOREIGN = {
    b"PAR1": "Parquet",
    b"Obj\x01": "Avro",
    b"{": "JSON",
    b"\x1f\x8b": "compressed (gzip)",
    b"PK\x03\x04": "compressed (zip), or a workbook",
    b"\x28\xb5\x2f\xfd": "compressed (Zstandard)",
    b"\xfd7zXZ": "compressed (xz)",
}
_READ = "CSV, libsvm and recordio-protobuf are read, uncompressed"
# A label, perhaps with a weight, and a pair of a feature or a query.
_LIBSVM = re.compile(rb"\s*[-+]?[\d.]\S*(?:\s+(?:\d+|qid):[-+.\w]+)+\s*(?:#.*)?")
_LOOKED_AT = 100  # lines: rows of libsvm without any feature look like CSV


def format_of(start: bytes) -> DataFormat:
    """Raises ValueError, in words, for a format that is not read."""
    for beginning, name in _FOREIGN.items():
        if start.startswith(beginning):
            raise ValueError(f"it is {name}: {_READ}")
    if begins_a_record(start):
        return DataFormat.RECORDIO
    if b"\0" in start:
        raise ValueError(f"it is no text in UTF-8: {_READ}")
    lines = start.splitlines()[:_LOOKED_AT]
    return DataFormat.LIBSVM if any(map(_LIBSVM.fullmatch, lines)) else DataFormat.CSV
