"""The rows of an invocation request: features only, without labels."""

from __future__ import annotations

import csv
from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_matrix
from werkzeug.http import parse_options_header

from local_sagemaker.containers.xgboost.content_types import (
    CSV,
    DEFAULT,
    FORMATS,
    LIBSVM,
    RECORDIO,
)
from local_sagemaker.containers.xgboost.feature_index import feature_index
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.recordio_matrix import recordio_matrix

SNIFFED_CHARACTERS = 512
_QUOTES = frozenset("\"'")


def read_rows(body: bytes, content_type: str | None) -> xgboost.DMatrix:
    """The matrix of a body; an unset content type means libsvm.

    Raises ValueError when the type is not supported or the body is not of that type.
    """
    data_format = _data_format(content_type or DEFAULT)
    if data_format not in READERS:
        raise ValueError(f"Content-type {content_type} is not supported.")
    try:
        return READERS[data_format](body)
    except (ValueError, csv.Error) as error:
        raise ValueError(
            f"Loading {data_format} data failed with Exception, please ensure data is in "
            f"{data_format} format:\n {type(error)}\n {error}"
        ) from error


def _data_format(content_type: str) -> str:
    """Parameters are allowed here, other than in a channel: text/csv; charset=utf-8."""
    media_type, parameters = parse_options_header(content_type.lower())
    if media_type not in FORMATS:
        raise ValueError(f"{content_type} is not an accepted ContentType: {', '.join(FORMATS)}.")
    if FORMATS[media_type] == CSV and parameters.get("label_size", "1") != "1":
        raise ValueError(
            f"{content_type} is not an accepted csv ContentType. "
            "Optional parameter label_size must be equal to 1"
        )
    return FORMATS[media_type]


def _read_csv(body: bytes) -> xgboost.DMatrix:
    """An empty cell is a missing value."""
    lines = body.strip().decode("utf-8").split("\n")
    delimiter = delimiter_of(lines[0][:SNIFFED_CHARACTERS])
    rows = [[float(cell or "nan") for cell in line.split(delimiter)] for line in lines]
    return xgboost.DMatrix(np.array(rows))


def delimiter_of(line: str) -> str:
    """What the container's sniffing finds, which takes longer than to predict a row.

    Of a line without quotes it is a comma wherever there is one: the sniffer's first preference.
    """
    if "," in line and not _QUOTES & set(line):
        return ","
    sniffed = csv.Sniffer().sniff(line).delimiter
    return "," if sniffed.isalnum() else sniffed


def _read_libsvm(body: bytes) -> xgboost.DMatrix:
    """Indices count from 0 as in training; what is not given is missing.

    Sparse, as in the container: a row takes the memory of its values and not of its last index.
    """
    rows = [
        [cell.split(":")[:2] for cell in line.split(" ") if ":" in cell]
        for line in body.strip().decode("utf-8").split("\n")
    ]
    columns = [feature_index(index) for row in rows for index, _ in row]
    if not columns:
        raise ValueError("cannot infer dimensions from zero sized index arrays")
    values = [float(value) for row in rows for _, value in row]
    ends = np.cumsum([0, *map(len, rows)])
    shape = (len(rows), max(columns) + 1)
    return xgboost.DMatrix(csr_matrix((values, columns, ends), shape=shape))


READERS: dict[str, Callable[[bytes], xgboost.DMatrix]] = {
    CSV: _read_csv,
    LIBSVM: _read_libsvm,
    RECORDIO: recordio_matrix,
}
