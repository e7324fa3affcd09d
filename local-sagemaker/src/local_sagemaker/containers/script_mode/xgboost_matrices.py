"""How XGBoost's image reads rows for a script: data_utils and encoder of its own package."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local_sagemaker.containers.script_mode.formats import Unsupported
from local_sagemaker.containers.xgboost import request_body
from local_sagemaker.containers.xgboost.content_types import (
    CSV,
    FORMATS,
    LIBSVM,
    RECORDIO,
    media_type,
)
from local_sagemaker.containers.xgboost.data_files import data_files
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.training_data import read_matrix
from local_sagemaker.containers.xgboost.versions import ContainerVersion


def get_dmatrix(
    data_path: str, content_type: str, csv_weights: int = 0, is_pipe: bool = False
) -> xgboost.DMatrix | None:
    """The matrix of a channel's folder, the label first; None when there is nothing in it.

    `content_type` is csv, libsvm, parquet or recordio-protobuf.

    Raises:
        UserError: the files are not of that format.
        NotImplementedError: pipes, which local AWS reads for its own algorithm alone.
    """
    if is_pipe:
        raise NotImplementedError("Local AWS has no pipes for get_dmatrix: use File mode.")
    files = data_files(Path(data_path), ContainerVersion.from_environment())
    return read_matrix(files, content_type.lower(), bool(csv_weights)) if files else None


def decode(obj: str | bytes, content_type: str) -> xgboost.DMatrix:
    """The matrix of a request's rows, without labels.

    Raises:
        Unsupported: neither CSV, libsvm nor RecordIO-protobuf.
        ValueError: the rows are not of that type.
    """
    data_format = FORMATS.get(media_type(content_type))
    if data_format not in request_body.READERS:
        raise Unsupported(415, content_type)
    return _read(data_format, obj)


def _read(data_format: str, obj: str | bytes) -> xgboost.DMatrix:
    content = obj.encode() if isinstance(obj, str) else bytes(obj)
    return request_body.READERS[data_format](content)


def _csv_to_dmatrix(input: str | bytes, dtype: Any = None) -> xgboost.DMatrix:
    return _read(CSV, input)


def _libsvm_to_dmatrix(string_like: str | bytes) -> xgboost.DMatrix:
    return _read(LIBSVM, string_like)


def _recordio_protobuf_to_dmatrix(string_like: bytes) -> xgboost.DMatrix:
    return _read(RECORDIO, string_like)


ENCODER: Mapping[str, Any] = {
    "csv_to_dmatrix": _csv_to_dmatrix,
    "decode": decode,
    "libsvm_to_dmatrix": _libsvm_to_dmatrix,
    "recordio_protobuf_to_dmatrix": _recordio_protobuf_to_dmatrix,
}
