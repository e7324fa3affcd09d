"""What data and requests may take: memory goes with their bytes, and has a limit."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from local_sagemaker.containers import sagemaker_record_pb2 as messages
from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.linear_learner.request_body import read_rows as read_linear_rows
from local_sagemaker.containers.recordio import CONTENT_TYPE as RECORDIO
from local_sagemaker.containers.recordio import LARGEST_KEY, read_records
from local_sagemaker.containers.xgboost.request_body import read_rows
from local_sagemaker.containers.xgboost.training_data import read_matrix

from tests.containers.endpoint import Application, model
from tests.containers.training_job import TrainingJob

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="macOS does not enforce RLIMIT_DATA")
LIMITED = ["/bin/sh", "-c", 'ulimit -d 400000 && exec "$@"', "sh"]  # KB


def test_sparse_request_takes_the_memory_of_its_values() -> None:
    tracemalloc.start()
    rows = read_rows(b"150000000:1\n0:1 4294967294:2", "text/libsvm")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (rows.num_row(), rows.num_col()) == (2, LARGEST_KEY + 1)
    assert peak < 1_000_000


def test_request_with_more_columns_than_the_model_is_refused(tmp_path: Path) -> None:
    endpoint = Application(tmp_path, {"xgboost-model": model("binary:logistic")})
    answer = endpoint.invoke("150000000:1", content_type="text/libsvm")
    assert answer.status_code == 400


@pytest.mark.parametrize("index", ["4294967295", "99999999999999999999", "9" * 5000, "-1", "x"])
def test_index_that_is_none_is_refused_in_a_request(index: str, tmp_path: Path) -> None:
    endpoint = Application(tmp_path, {"xgboost-model": model("binary:logistic")})
    answer = endpoint.invoke(f"{index}:1", content_type="text/libsvm")
    assert answer.status_code == 415
    assert len(answer.text) < 1000


@pytest.mark.parametrize("index", ["4294967295", "99999999999999999999", "9" * 5000])
def test_index_that_is_none_is_refused_in_training(index: str, tmp_path: Path) -> None:
    (tmp_path / "rows").write_text(f"1 0:1\n0 0:2 {index}:1\n")
    with pytest.raises(UserError, match=rf"{index[:24]}.* is not in \[0, {LARGEST_KEY}\]"):
        read_matrix([tmp_path / "rows"], "libsvm", csv_weights=False)


def test_label_and_weight_are_no_index(tmp_path: Path) -> None:
    (tmp_path / "rows").write_text("4294967296:1 0:1\n0:1 0:2 4294967294:1\n")
    assert read_matrix([tmp_path / "rows"], "libsvm", csv_weights=False).num_row() == 2


def record(keys: list[int], shape: list[int], values: int = 1) -> bytes:
    message = messages.Record()
    tensor = message.features["values"].float32_tensor
    tensor.values.extend([1.0] * values)
    tensor.keys.extend(keys)
    tensor.shape.extend(shape)
    data = message.SerializeToString()
    return b"\n#\xd7\xce" + len(data).to_bytes(4, "little") + data + b"\0" * (-len(data) % 4)


@pytest.mark.parametrize(
    ("keys", "shape"),
    [
        ([2**64 - 1], []),
        ([2**32 - 1], []),
        ([5], [3]),
        ([0], [2**40]),
        ([0], [2**63, 2**63]),
        ([0, 1], []),
        ([], [7]),
    ],
)
def test_record_with_a_feature_outside_of_it_is_refused(keys: list[int], shape: list[int]) -> None:
    with pytest.raises(ValueError, match="a record has"):
        read_records(record(keys, shape))
    with pytest.raises(ValueError, match="a record has"):
        read_rows(record(keys, shape), RECORDIO)


def test_dense_record_may_tell_its_shape() -> None:
    (found,) = read_records(record([], [3], values=3))
    assert found.features["values"].width == 3


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"instances": ' + b"[" * 100_000,
        b'{"instances": [{"features": [1' + b"0" * 400 + b"]}]}",
        b'{"instances": [{"data": {"features": {"values": [1], "keys": [1' + b"0" * 30 + b"]}}}]}",
    ],
    ids=["nested", "nested instances", "number", "key"],
)
def test_json_beyond_all_bounds_is_a_fault_of_the_request(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"nested|too large|features"):
        read_linear_rows(body, "application/json", 1)


@LINUX
def test_container_has_a_limit_of_memory() -> None:
    program = "import sys; from local_sagemaker.containers import program\n"
    program += (
        "program.COMMANDS = ('hungry',)\nsys.exit(program.run('tests.containers', ['hungry']))"
    )
    ended = subprocess.run([sys.executable, "-c", program], stdin=subprocess.DEVNULL, check=False)
    assert ended.returncode == 3


@LINUX
@pytest.mark.parametrize("package", ["xgboost", "linear_learner"])
def test_job_that_runs_out_of_memory_says_so(package: str, tmp_path: Path) -> None:
    hyperparameters = {"num_round": "1"}
    rows: str | bytes = "1 50000000:1\n0 0:1\n"
    content_type = "text/libsvm"
    if package == "linear_learner":
        hyperparameters = {"predictor_type": "regressor"}
        rows, content_type = record([50_000_000], []), RECORDIO
    job = TrainingJob(tmp_path)
    job.prepare(hyperparameters, {"train": {"a": rows}}, content_type)
    program = [sys.executable, "-m", f"local_sagemaker.containers.{package}", "train"]
    environment = os.environ | {"ML_ROOT": str(tmp_path), "SM_XGBOOST_VERSION": job.version}
    ended = subprocess.run(
        [*LIMITED, *program], env=environment, stdin=subprocess.DEVNULL, check=False
    )
    assert ended.returncode == 1
    assert "AlgorithmError: The container ran out of memory" in job.failure
    assert "409 MB" in job.failure or "390 MB" in job.failure
