"""What the content types of channels and requests stand for."""

from __future__ import annotations

from enum import StrEnum


class DataFormat(StrEnum):
    """A format; its value is the content type of requests for predictions.

    PARQUET is for training only: no built-in algorithm predicts from it.
    """

    CSV = "text/csv"
    LIBSVM = "text/libsvm"
    RECORDIO = "application/x-recordio-protobuf"
    PARQUET = "application/x-parquet"

    @classmethod
    def of(cls, content_type: str) -> DataFormat | None:
        """None for a content type that no built-in algorithm knows."""
        return _FORMATS.get(content_type.split(";")[0].strip().lower())


def request_type(trained_on: str) -> str:
    """The content type in which a model is asked; no model answers rows of Parquet."""
    data_format = DataFormat.of(trained_on)
    return str(DataFormat.CSV) if data_format is DataFormat.PARQUET else data_format or trained_on


TEXT = (DataFormat.CSV, DataFormat.LIBSVM)
_FORMATS = {
    "csv": DataFormat.CSV,
    "text/csv": DataFormat.CSV,
    "libsvm": DataFormat.LIBSVM,
    "text/libsvm": DataFormat.LIBSVM,
    "text/x-libsvm": DataFormat.LIBSVM,
    "recordio-protobuf": DataFormat.RECORDIO,
    "application/x-recordio-protobuf": DataFormat.RECORDIO,
    "parquet": DataFormat.PARQUET,
    "application/x-parquet": DataFormat.PARQUET,
}
