"""The content types of channels and requests, and the formats they stand for."""

from __future__ import annotations

CSV, LIBSVM, PARQUET, RECORDIO = "csv", "libsvm", "parquet", "recordio-protobuf"

FORMATS = {
    "csv": CSV,
    "libsvm": LIBSVM,
    "parquet": PARQUET,
    "recordio-protobuf": RECORDIO,
    "text/csv": CSV,
    "text/libsvm": LIBSVM,
    "text/x-libsvm": LIBSVM,
    "application/x-parquet": PARQUET,
    "application/x-recordio-protobuf": RECORDIO,
}
DEFAULT = "text/libsvm"


def media_type(header: str) -> str:
    """The type as it is written, without its parameters: "Text/CSV; charset=utf-8" is Text/CSV."""
    return header.split(";")[0].strip()
