"""The rows of an invocation request: features only, without labels."""

from __future__ import annotations

import csv

import numpy as np

from local_aws.containers.xgboost.content_types import (
    CSV,
    DEFAULT,
    FORMATS,
    LIBSVM,
    media_type,
)
from local_aws.containers.xgboost.library import xgboost

SNIFFED_CHARACTERS = 512


def read_rows(body: bytes, content_type: str | None) -> xgboost.DMatrix:
    """The matrix of a body; an unset content type means libsvm.

    Raises ValueError when the type is not supported or the body is not of that type.
    """
    data_format = FORMATS.get(media_type(content_type or DEFAULT))
    if data_format not in READERS:
        raise ValueError(
            f"Content-type {content_type} is not supported: send text/csv or text/libsvm"
        )
    try:
        return READERS[data_format](body.strip().decode("utf-8"))
    except (ValueError, csv.Error) as error:
        raise ValueError(
            f"Loading {data_format} data failed with Exception, please ensure data is in "
            f"{data_format} format: {error}"
        ) from error


def _read_csv(text: str) -> xgboost.DMatrix:
    """An empty cell is a missing value."""
    lines = text.split("\n")
    sniffed = csv.Sniffer().sniff(lines[0][:SNIFFED_CHARACTERS]).delimiter
    delimiter = "," if sniffed.isalnum() else sniffed
    rows = [[float(cell or "nan") for cell in line.split(delimiter)] for line in lines]
    return xgboost.DMatrix(np.array(rows))


def _read_libsvm(text: str) -> xgboost.DMatrix:
    """Indices count from 0 as in training; what is not given is missing."""
    rows = [
        [cell.split(":")[:2] for cell in line.split(" ") if ":" in cell]
        for line in text.split("\n")
    ]
    columns = 1 + max((int(index) for row in rows for index, _ in row), default=-1)
    values = np.full((len(rows), columns), np.nan)
    for number, row in enumerate(rows):
        for index, value in row:
            values[number, int(index)] = float(value)
    return xgboost.DMatrix(values)


READERS = {CSV: _read_csv, LIBSVM: _read_libsvm}
