"""Reads the files of channels into XGBoost's matrices with XGBoost's own text reader.

So a header row or a text cell is read as the container reads it: as zeros. An empty CSV cell is
a missing value.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from local_aws.containers.xgboost.content_types import CSV, LIBSVM
from local_aws.containers.xgboost.errors import UserError
from local_aws.containers.xgboost.library import xgboost
from local_aws.containers.xgboost.library_errors import message

SHOWN_CHARACTERS = 50


def read_matrix(files: Sequence[Path], data_format: str, csv_weights: bool) -> xgboost.DMatrix:
    """One matrix of all files; raises UserError when they are not in the format."""
    if data_format not in READERS:
        raise UserError(
            f"ContentType {data_format} cannot be read by local AWS: "
            "provide the channel as text/csv or text/libsvm"
        )
    return READERS[data_format](files, csv_weights)


def _read_csv(files: Sequence[Path], csv_weights: bool) -> xgboost.DMatrix:
    delimiter, *_ = [csv_delimiter(_first_line(path)) for path in files]
    options = f"format=csv&label_column=0&delimiter={delimiter}"
    return _load(files, options + ("&weight_column=1" if csv_weights else ""))


def _read_libsvm(files: Sequence[Path], csv_weights: bool) -> xgboost.DMatrix:
    for path in files:
        _check_libsvm(path)
    return _load(files, "format=libsvm")


READERS: dict[str, Callable[[Sequence[Path], bool], xgboost.DMatrix]] = {
    CSV: _read_csv,
    LIBSVM: _read_libsvm,
}


def _load(files: Sequence[Path], options: str) -> xgboost.DMatrix:
    """Through links with plain names, since XGBoost gives ; ? # in a path a meaning of its own."""
    with tempfile.TemporaryDirectory() as directory:
        links = [Path(directory, f"data-{number}") for number in range(len(files))]
        for link, path in zip(links, files, strict=True):
            link.symlink_to(path.resolve())
        try:
            return xgboost.DMatrix(f"{';'.join(map(str, links))}?{options}")
        except xgboost.core.XGBoostError as error:
            raise UserError(f"Failed to load data as {options}: {message(error)}") from error


def csv_delimiter(line: str) -> str:
    """The delimiter of CSV as the container finds it, from the first line."""
    try:
        delimiter = csv.Sniffer().sniff(line).delimiter
    except csv.Error as error:
        raise UserError(
            f"Could not determine delimiter on line {line[:SHOWN_CHARACTERS]}: {error}"
        ) from error
    return "," if delimiter.isalnum() else delimiter


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8", errors="ignore") as file:
        return file.readline()


def _check_libsvm(path: Path) -> None:
    """As far as the first line with features; XGBoost itself is silent about other formats."""
    with path.open(encoding="utf-8", errors="ignore") as file:
        for line in file:
            label, *features = line.split() or [""]
            if not _is_label(label) or not all(":" in feature for feature in features):
                raise UserError(
                    f"First line '{line[:SHOWN_CHARACTERS].strip()}...' of file '{path.name}' is "
                    "not 'LIBSVM' format. Please ensure the file is in 'LIBSVM' format, or set "
                    "the channel's ContentType (text/libsvm is what an unset one means)."
                )
            if features:
                return


def _is_label(text: str) -> bool:
    try:
        return len([float(part) for part in text.split(":")]) <= 2
    except ValueError:
        return False
