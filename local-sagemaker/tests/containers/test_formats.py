"""A job trains on the same rows alike, whatever format they come in."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest
from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.recordio import write_rows
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.training_data import read_matrix

from tests.containers.formats import encoded, parquet, recordio
from tests.containers.training_job import TrainingJob

NAMES = ["csv", "libsvm", "parquet", "recordio", "sparse recordio"]
CONTENT_TYPES = {
    "csv": ["csv", "text/csv"],
    "libsvm": ["libsvm", "text/libsvm", "text/x-libsvm"],
    "parquet": ["parquet", "application/x-parquet"],
    "recordio": ["recordio-protobuf", "application/x-recordio-protobuf"],
}


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    """60 rows of four features, a tenth of them missing, and a label made from two of them."""
    random = np.random.default_rng(3)
    features = random.normal(size=(60, 4)).round(2)
    labels = features[:, 0] + features[:, 1] > 0
    features[random.random(features.shape) < 0.1] = np.nan
    return np.column_stack([labels, features])


def read(content: bytes, data_format: str, directory: Path, name: str = "part") -> xgboost.DMatrix:
    path = directory / name
    path.write_bytes(content)
    return read_matrix([path], data_format, csv_weights=False)


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_the_same_in_every_format(name: str, rows: np.ndarray, tmp_path: Path) -> None:
    data_format = "recordio-protobuf" if "recordio" in name else name
    matrix = read(encoded(name, rows, tmp_path), data_format, tmp_path)

    assert matrix.get_label().tolist() == rows[:, 0].tolist()
    assert matrix.num_nonmissing() == np.count_nonzero(~np.isnan(rows[:, 1:]))
    found = matrix.get_data().toarray()
    assert found == pytest.approx(np.nan_to_num(rows[:, 1:]), abs=1e-6)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [(name, content_type) for name, types in CONTENT_TYPES.items() for content_type in types],
)
def test_a_job_trains_alike_on_every_content_type(
    name: str, content_type: str, rows: np.ndarray, tmp_path: Path
) -> None:
    content = encoded(name, rows, tmp_path)
    hyperparameters = {"objective": "binary:logistic", "num_round": "3", "eval_metric": "logloss"}
    files = {"train": {"part-0": content, "_SUCCESS": b""}, "validation": {"part-1": content}}
    job = TrainingJob(tmp_path).run(hyperparameters, files, content_type=content_type)

    assert job.failure == ""
    assert "Train matrix has 60 rows and 4 columns" in job.log
    assert job.rounds[-1] == {"train-logloss": 0.38351, "validation-logloss": 0.38351}


def test_parquet_of_another_writer_is_read_with_its_nulls_and_booleans() -> None:
    path = Path(__file__).with_name("written_by_pyarrow.parquet")
    matrix = read_matrix([path], "parquet", csv_weights=False)

    assert matrix.get_label().tolist() == [1, 0, 1, 0]
    assert matrix.num_nonmissing() == 4 * 3 - 2
    assert matrix.get_data().toarray().tolist() == [[0.5, 1, 1], [0, 0, 2], [2, 0, 3], [1.5, 1, 4]]


def test_all_parquet_files_of_a_channel_are_one_table(rows: np.ndarray, tmp_path: Path) -> None:
    for number, part in enumerate((rows[:20], rows[20:])):
        (tmp_path / f"part[{number}]*.parquet").write_bytes(parquet(part, tmp_path))
    (tmp_path / "_metadata").write_bytes(b"of Spark")
    (tmp_path / "written.parquet").unlink()
    matrix = read_matrix(sorted(tmp_path.iterdir()), "parquet", csv_weights=False)

    assert (matrix.num_row(), matrix.num_col()) == (60, 4)


def test_records_of_several_files_are_one_table(rows: np.ndarray, tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    for path, part in zip(paths, (rows[:20], rows[20:]), strict=True):
        path.write_bytes(recordio(part))

    assert read_matrix(paths, "recordio-protobuf", csv_weights=False).num_row() == 60


@pytest.mark.parametrize(
    ("data_format", "content", "reason"),
    [
        ("parquet", b"1,2,3\n" * 5, "Failed to load parquet data with exception: .*magic bytes"),
        ("recordio-protobuf", b"1,2,3\n", "Failed to load recordio-protobuf data .* at byte 0"),
        ("recordio-protobuf", write_rows([[1, 2]]), "Got input data without labels"),
        (
            "recordio-protobuf",
            write_rows([[1, 2]], [1]) + write_rows([[1, 2]]),
            "1 of 2 records have no label",
        ),
        (
            "recordio-protobuf",
            write_rows([[1, 2]], [1]) + write_rows([[1]], [0]),
            "records differ in their number of features",
        ),
        ("csv", b"", "Could not determine delimiter on line"),
        ("libsvm", b"1,2,3\n", "is not 'LIBSVM' format"),
    ],
    ids=[
        "csv-as-parquet",
        "csv-as-recordio",
        "recordio-without-labels",
        "recordio-with-some-labels",
        "recordio-of-two-widths",
        "empty-csv",
        "csv-as-libsvm",
    ],
)
def test_data_of_another_format_is_refused(
    data_format: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=reason):
        read(content, data_format, tmp_path)


@pytest.mark.parametrize("column", ["VARCHAR 'much'", "DATE '2026-01-01'"], ids=["text", "date"])
def test_a_parquet_column_that_is_no_number_is_named(column: str, tmp_path: Path) -> None:
    kind, value = column.split()
    target = tmp_path / "part"
    with duckdb.connect() as database:
        database.execute(
            f"COPY (SELECT 1 AS y, CAST({value} AS {kind}) AS how) TO '{target}' (FORMAT parquet)"
        )
    with pytest.raises(UserError, match=r"column how holds .*numbers"):
        read_matrix([target], "parquet", csv_weights=False)
