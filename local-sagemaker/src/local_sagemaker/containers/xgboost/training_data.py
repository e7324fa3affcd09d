"""Reads the files of channels into XGBoost's matrices, the label first.

CSV and libsvm go through XGBoost's own text reader, so a header row or a text cell is read as the
container reads it: as zeros. An empty CSV cell, a Parquet null and what a libsvm row or a sparse
record leaves out are missing values.
"""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path

from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.memory import is_out_of_memory
from local_sagemaker.containers.xgboost.content_types import CSV, LIBSVM, PARQUET, RECORDIO
from local_sagemaker.containers.xgboost.feature_index import check_indices
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.library_errors import message
from local_sagemaker.containers.xgboost.recordio_matrix import recordio_matrix

SHOWN_CHARACTERS = 50
_WITH_A_MEANING = set(";?#*[")  # in a path, to one reader or another
# XGBoost looks for a file that is called as all names together, which no part of a path between
# slashes may exceed either.
_LONGEST_PATH = 4000


def read_matrix(files: Sequence[Path], data_format: str, csv_weights: bool) -> xgboost.DMatrix:
    """One matrix of all files; raises UserError when they are not in the format."""
    try:
        matrix = READERS[data_format](files, csv_weights)
    except (ValueError, OSError, xgboost.core.XGBoostError) as error:
        if is_out_of_memory(error):
            raise
        raise UserError(
            f"Failed to load {data_format} data with exception: {message(error)}"
        ) from error
    if matrix.get_label().size == 0:
        raise UserError("Got input data without labels. Please check the input data set.")
    return matrix


def _read_csv(files: Sequence[Path], csv_weights: bool) -> xgboost.DMatrix:
    delimiter, *_ = [csv_delimiter(_first_line(path)) for path in _without_markers(files)]
    options = f"format=csv&label_column=0&delimiter={delimiter}"
    return _load(_with_data(files), options + ("&weight_column=1" if csv_weights else ""))


def _read_libsvm(files: Sequence[Path], csv_weights: bool) -> xgboost.DMatrix:
    with_data = _with_data(files)
    for path in with_data:
        _check_libsvm(path)
        check_indices(path)
    return _load(with_data, "format=libsvm")


def _read_parquet(files: Sequence[Path], csv_weights: bool) -> xgboost.DMatrix:
    # Here, since importing DuckDB would slow down the start of every other job.
    from local_sagemaker.containers.xgboost.parquet import read_parquet_files

    with _plain_names(_without_markers(files)) as links:
        rows = read_parquet_files(links)
    return xgboost.DMatrix(rows[:, 1:], label=rows[:, 0])


def _read_recordio(files: Sequence[Path], csv_weights: bool) -> xgboost.DMatrix:
    return recordio_matrix(b"".join(path.read_bytes() for path in _without_markers(files)))


READERS: dict[str, Callable[[Sequence[Path], bool], xgboost.DMatrix]] = {
    CSV: _read_csv,
    LIBSVM: _read_libsvm,
    PARQUET: _read_parquet,
    RECORDIO: _read_recordio,
}


def _load(files: Sequence[Path], options: str) -> xgboost.DMatrix:
    with _plain_names(files) as names, chdir(names[0].parent):
        together = ";".join(f"./{name.name}" for name in names)
        if len(together) > _LONGEST_PATH:
            together = _one_file(names).name
        return xgboost.DMatrix(f"{together}?{options}")


def _one_file(files: Sequence[Path]) -> Path:
    """The lines of all, beside them."""
    path = files[0].with_name("data")
    with path.open("wb") as whole:
        for part in files:
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole)
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    whole.write(b"\n")
    return path


@contextmanager
def _plain_names(files: Sequence[Path]) -> Iterator[list[Path]]:
    """The files by other names, since readers give some characters a meaning of their own.

    They are no symbolic links: of these XGBoost takes the path that they lead to, and of
    `a;/etc/passwd` the file /etc/passwd too. Hard links need the files' own disk.
    """
    with tempfile.TemporaryDirectory(dir=_plain_folder(files[0]) if files else None) as directory:
        names = [Path(directory, f"data-{number}") for number in range(len(files))]
        for name, path in zip(names, files, strict=True):
            _give(path, name)
        yield names


def _plain_folder(path: Path) -> Path:
    """The innermost folder above it whose own path has no such character."""
    return next(folder for folder in path.parents if not _WITH_A_MEANING & set(str(folder)))


def _give(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError:  # such as one on another disk
        shutil.copyfile(path, name)


def _without_markers(files: Sequence[Path]) -> list[Path]:
    """Spark leaves files such as _SUCCESS and _metadata beside the data."""
    return [path for path in files if not path.name.startswith("_")]


def _with_data(files: Sequence[Path]) -> list[Path]:
    return [path for path in files if path.stat().st_size]


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
    """As far as the first line with two features; XGBoost itself is silent about other formats.

    Single spaces divide a line, as in data_utils.py of the container: a space at its end or a TAB
    is refused, which XGBoost itself would read.
    """
    with path.open(encoding="utf-8", errors="ignore") as file:
        for line in file:
            label, *features = line.split(" ")
            if not _is_label(label) or not _are_features(features):
                raise UserError(
                    f"First line '{line[:SHOWN_CHARACTERS].strip()}...' of file '{path.name}' is "
                    "not 'LIBSVM' format. Please ensure the file is in 'LIBSVM' format, or set "
                    "the channel's ContentType (text/libsvm is what an unset one means)."
                )
            if len(features) > 1:
                return


def _are_features(texts: Sequence[str]) -> bool:
    """The first one has an index and a value; of the others the container looks at the colon."""
    return all(":" in text for text in texts) and all(text.count(":") == 1 for text in texts[:1])


def _is_label(text: str) -> bool:
    try:
        return len([float(part) for part in text.split(":")]) <= 2
    except ValueError:
        return False
