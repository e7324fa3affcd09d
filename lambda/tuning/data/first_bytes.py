"""What an object is, told from its first bytes: names of files say little in S3."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tuning.data.data_format import DataFormat
from tuning.data.recordio import begins_a_record

_UNPACK = "Upload it uncompressed."
_WRITE = "Write it as CSV, libsvm, Parquet or recordio-protobuf."
_ENCODE = 'Save it in UTF-8; in pandas: to_csv(..., encoding="utf-8").'


@dataclass(frozen=True)
class Kind:
    """Half a sentence for a person, the format if an algorithm reads it, and what else to do."""

    name: str
    data_format: DataFormat | None = None
    fix: str = _WRITE


# What other programs write, by its first bytes: each would need a reader of its own.
_FOREIGN = {
    b"PAR1": Kind("Parquet", DataFormat.PARQUET),
    b"Obj\x01": Kind("Avro"),
    b"ORC": Kind("ORC"),
    b"{": Kind("JSON"),
    b"[": Kind("JSON"),
    b"<": Kind("HTML or XML"),
    b"\x93NUMPY": Kind("an array of NumPy"),
    b"\x89HDF": Kind("HDF5"),
    b"\x80\x04\x95": Kind("a pickle of Python"),
    b"\x1f\x8b": Kind("compressed (gzip)", fix=_UNPACK),
    b"PK\x03\x04": Kind("compressed (zip), or a workbook", fix=_UNPACK),
    b"BZh": Kind("compressed (bzip2)", fix=_UNPACK),
    b"\x28\xb5\x2f\xfd": Kind("compressed (Zstandard)", fix=_UNPACK),
    b"\xfd7zXZ": Kind("compressed (xz)", fix=_UNPACK),
    b"\xff\xfe": Kind("text in UTF-16", fix=_ENCODE),
    b"\xfe\xff": Kind("text in UTF-16", fix=_ENCODE),
}
# A label, perhaps with a weight, and a pair of a feature or a query.
_LIBSVM = re.compile(rb"\s*[-+]?[\d.]\S*(?:\s+(?:\d+|qid):[-+.\w]+)+\s*(?:#.*)?")
_LOOKED_AT = 100  # lines: rows of libsvm without any feature look like CSV


def foreign_kind(start: bytes) -> Kind | None:
    """What is certainly neither text in UTF-8 nor recordio-protobuf."""
    for beginning, kind in _FOREIGN.items():
        if start.startswith(beginning):
            return kind
    if b"\0" in start and not begins_a_record(start):
        return Kind("no text in UTF-8")
    return None


def is_libsvm(start: bytes) -> bool:
    """Whether one of the first lines has a feature as libsvm writes it."""
    return any(map(_LIBSVM.fullmatch, start.splitlines()[:_LOOKED_AT]))
