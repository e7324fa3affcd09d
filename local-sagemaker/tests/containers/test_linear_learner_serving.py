"""The HTTP API of Linear Learner's container: "Common data formats for inference"."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import requests
from local_sagemaker.containers.linear_learner.model import LinearModel
from local_sagemaker.containers.recordio import VALUES, Record, Tensor, read_records, write_records
from local_sagemaker.process import lifeline
from local_sagemaker.process.free_port import free_port
from werkzeug.test import TestResponse

from tests.containers.endpoint import wait_for
from tests.containers.linear_learner import Endpoint

RECORDIO = "application/x-recordio-protobuf"
BINARY = LinearModel(
    "binary_classifier", "logistic", np.array([[1.0], [-1.0]]), np.array([0.0]), threshold=0.4
)
SEVERAL = LinearModel("multiclass_classifier", "softmax_loss", np.eye(2, 3), np.zeros(3))
REGRESSOR = LinearModel("regressor", "squared_loss", np.array([[2.0], [3.0]]), np.array([1.0]))
ROWS = [[1.0, 0.0], [0.0, 2.0]]
CSV = "1,0\n0,2\n"


@pytest.fixture
def endpoint(tmp_path: Path) -> Callable[..., Any]:
    return lambda model: Endpoint(tmp_path, model)


def predictions(response: TestResponse) -> list[Any]:
    assert response.status_code == 200, response.text
    answer: Any = response.json
    return list(answer["predictions"])


def test_a_binary_classifier_answers_a_probability_and_a_label(
    endpoint: Callable[..., Any],
) -> None:
    high, low = predictions(endpoint(BINARY).invoke(CSV))

    assert high == {"score": pytest.approx(0.7310586), "predicted_label": 1}
    assert low == {"score": pytest.approx(0.1192029), "predicted_label": 0}


def test_the_label_is_decided_by_the_models_threshold(endpoint: Callable[..., Any]) -> None:
    (between,) = predictions(endpoint(BINARY).invoke("0,0.2"))

    assert between == {"score": pytest.approx(0.450166), "predicted_label": 1}


def test_several_classes_answer_a_score_each(endpoint: Callable[..., Any]) -> None:
    first, second = predictions(endpoint(SEVERAL).invoke(CSV))

    assert sum(first["score"]) == pytest.approx(1)
    assert (len(first["score"]), first["predicted_label"], second["predicted_label"]) == (3, 0, 1)


def test_a_regressor_answers_a_score(endpoint: Callable[..., Any]) -> None:
    assert predictions(endpoint(REGRESSOR).invoke(CSV)) == [{"score": 3.0}, {"score": 7.0}]


def instances(*features: dict[str, Any]) -> str:
    return json.dumps({"instances": list(features)})


SPARSE = {"data": {"features": {"keys": [1], "shape": [2], "values": [2]}}}
RECORDS = write_records([Record({VALUES: Tensor(np.array(row))}) for row in ROWS])


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (CSV, "text/csv"),
        ("1,0\n0,2", "text/csv; label_size=0"),
        ("9,1,0\n9,0,2", "text/csv;label_size=1"),
        (instances({"features": [1, 0]}, {"features": [0, 2]}), "application/json"),
        (instances({"features": [1, 0]}, {"features": [0, 2]}), None),
        (instances({"data": {"features": {"values": [1, 0]}}}, SPARSE), "application/json"),
        (f'{{"features": [1, 0]}}\n{json.dumps(SPARSE)}\n', "application/jsonlines"),
        (RECORDS, RECORDIO),
    ],
    ids=["csv", "no-label", "label", "json", "unset", "json-data", "jsonlines", "recordio"],
)
def test_every_content_type_is_read(
    body: bytes | str, content_type: str | None, endpoint: Callable[..., Any]
) -> None:
    answer = endpoint(REGRESSOR).invoke(body, content_type)

    assert predictions(answer) == [{"score": 3.0}, {"score": 7.0}]


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "text/csv"])
def test_the_answer_is_json_unless_another_known_type_is_accepted(
    accept: str | None, endpoint: Callable[..., Any]
) -> None:
    answer = endpoint(REGRESSOR).invoke(CSV, accept=accept)

    assert answer.content_type == "application/json"
    assert len(predictions(answer)) == 2


def test_json_lines_answer_one_prediction_a_line(endpoint: Callable[..., Any]) -> None:
    answer = endpoint(BINARY).invoke(CSV, accept="application/jsonlines")

    assert answer.content_type == "application/jsonlines"
    assert [json.loads(line)["predicted_label"] for line in answer.text.splitlines()] == [1, 0]


def test_records_answer_tensors_of_scores_and_labels(endpoint: Callable[..., Any]) -> None:
    answer = endpoint(SEVERAL).invoke(CSV, accept=RECORDIO)

    first, second = read_records(answer.data)
    assert answer.content_type == RECORDIO
    assert len(first.label["score"].values) == 3
    assert second.label["predicted_label"].values.tolist() == [1.0]


@pytest.mark.parametrize(
    ("body", "content_type", "status", "reason"),
    [
        ("1,2,3", "text/csv", 400, "a row has 3 features, the model was trained on 2"),
        ("1,", "text/csv", 400, "unable to evaluate payload provided"),
        ("1,nan", "text/csv", 400, "missing, NaN or infinite"),
        ("", "text/csv", 400, "the request is empty"),
        ("x,y\n1,2", "text/csv", 400, "unable to evaluate payload provided"),
        ("[1, 2]", "application/json", 400, 'a list of "instances"'),
        ("{", "application/json", 400, "unable to evaluate payload provided"),
        (instances({"values": [1, 2]}), "application/json", 400, "an instance has no features"),
        (instances({"features": [1]}, {"features": [1, 2]}), "application/json", 400, "differ"),
        (instances({"features": ["a", "b"]}), "application/json", 400, "unable to evaluate"),
        (b"1,2", RECORDIO, 400, "no RecordIO record begins at byte 0"),
        ("0:1 1:2", "text/libsvm", 415, "Content-type text/libsvm is not supported"),
    ],
    ids=lambda value: None if isinstance(value, int) else str(value)[:20],
)
def test_a_request_is_refused_with_status_and_reason(
    body: bytes | str, content_type: str, status: int, reason: str, endpoint: Callable[..., Any]
) -> None:
    answer = endpoint(BINARY).invoke(body, content_type)

    assert answer.status_code == status
    assert reason in answer.text


def test_a_body_beyond_six_megabytes_is_too_large(endpoint: Callable[..., Any]) -> None:
    assert endpoint(BINARY).invoke(b"1" * (6 * 1024**2 + 1)).status_code == 413


def test_ping_tells_whether_there_is_a_model(endpoint: Callable[..., Any]) -> None:
    assert endpoint(None).get("/ping").status_code == 500
    assert endpoint(BINARY).get("/ping").status_code == 200


def test_execution_parameters_tell_batch_transform_what_to_send(
    endpoint: Callable[..., Any],
) -> None:
    parameters = endpoint(BINARY).get("/execution-parameters").json

    assert (parameters["BatchStrategy"], parameters["MaxPayloadInMB"]) == ("MULTI_RECORD", 6)


def test_the_program_serves_a_models_directory(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    REGRESSOR.save(tmp_path / "model")
    port = free_port()
    process = lifeline.spawn(
        [sys.executable, "-m", "local_sagemaker.containers.linear_learner", "serve"],
        env=os.environ | {"ML_ROOT": str(tmp_path), "SAGEMAKER_BIND_TO_PORT": str(port)},
    )
    try:
        wait_for(port)
        url = f"http://127.0.0.1:{port}"
        headers = {"Content-Type": "text/csv"}
        answer = requests.post(f"{url}/invocations", data="1,0", headers=headers, timeout=10)
        assert requests.get(f"{url}/ping", timeout=10).status_code == 200
        assert answer.json() == {"predictions": [{"score": 3.0}]}
    finally:
        lifeline.kill(process)
