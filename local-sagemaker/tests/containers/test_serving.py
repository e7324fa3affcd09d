"""The HTTP API of an endpoint's container."""

from __future__ import annotations

import json
import math
import pickle
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from local_sagemaker.containers.recordio import CONTENT_TYPE as RECORDIO
from local_sagemaker.containers.recordio import read_records, write_rows

from tests.containers.endpoint import Application, Endpoint, model, serving

ROWS = "1,0,1\n0,1,0\n"


@pytest.fixture(scope="module")
def logistic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    directory = tmp_path_factory.mktemp("logistic")
    with serving(directory, {"xgboost-model": model("binary:logistic")}) as endpoint:
        yield endpoint


def test_ping_is_healthy_with_a_model(logistic: Endpoint) -> None:
    response = logistic.get("/ping")

    assert (response.status_code, response.text) == (200, "")


def test_execution_parameters_tell_batch_transform_what_to_send(logistic: Endpoint) -> None:
    parameters = logistic.get("/execution-parameters").json()

    assert parameters["BatchStrategy"] == "MULTI_RECORD"
    assert parameters["MaxPayloadInMB"] == 6
    assert parameters["MaxConcurrentTransforms"] >= 1


def test_csv_answers_one_value_a_line(logistic: Endpoint) -> None:
    response = logistic.invoke(ROWS)

    high, low = map(float, response.text.splitlines())
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.text.endswith("\n")
    assert high > 0.5 > low


def test_json_answers_a_score_for_each_row(logistic: Endpoint) -> None:
    response = logistic.invoke(ROWS, accept="application/json")

    high, low = [prediction["score"] for prediction in response.json()["predictions"]]
    assert high > 0.5 > low


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("1,0,1\n0,1,0", "text/csv"),
        ("1,0,1\n0,1,0\n", "text/csv; charset=utf-8"),
        ("1;0;1\n0;1;0\n", "text/csv"),
        ("0:1 1:0 2:1\n0:0 1:1 2:0\n", "text/libsvm"),
        ("0:1 1:0 2:1\n0:0 1:1 2:0\n", "text/x-libsvm"),
        ("0:1 1:0 2:1\n0:0 1:1 2:0\n", None),
        (write_rows([[1, 0, 1], [0, 1, 0]]), RECORDIO),
        (write_rows([[1, 0, 1], [0, 1, 0]], [1, 0]), RECORDIO),
    ],
    ids=[
        "csv",
        "charset",
        "semicolons",
        "libsvm",
        "x-libsvm",
        "no-content-type",
        "recordio",
        "recordio-with-labels",
    ],
)
def test_rows_are_read_in_each_format(
    body: bytes | str, content_type: str | None, logistic: Endpoint
) -> None:
    assert logistic.invoke(body, content_type).text == logistic.invoke(ROWS).text


def test_an_empty_cell_is_a_missing_value(logistic: Endpoint) -> None:
    assert logistic.invoke("1,,\n").status_code == 200


def test_fewer_features_than_the_model_are_accepted(logistic: Endpoint) -> None:
    assert logistic.invoke("1,0\n").text == logistic.invoke("1,0,\n").text


@pytest.mark.parametrize(
    ("body", "content_type", "accept", "status", "reason"),
    [
        ("", "text/csv", None, 204, ""),
        ("1,0,1,1\n", "text/csv", None, 400, "Unable to evaluate payload provided: "),
        ("1,zero,1\n", "text/csv", None, 415, "please ensure data is in csv format"),
        ("1,0\n1,0,1\n", "text/csv", None, 415, "please ensure data is in csv format"),
        ("0:one\n", "text/libsvm", None, 415, "please ensure data is in libsvm format"),
        ('{"instances": []}', "application/json", None, 415, "is not an accepted ContentType"),
        (ROWS, "application/x-parquet", None, 415, "application/x-parquet is not supported."),
        (ROWS, "text/csv;label_size=2", None, 415, "label_size must be equal to 1"),
        (ROWS, RECORDIO, None, 415, "please ensure data is in recordio-protobuf format"),
        (ROWS, "text/csv", "application/xml", 406, "Accept type application/xml is not supported"),
        (ROWS, "text/csv", "application/jsonlines", 500, "Cannot encode predictions"),
        ("1,0,1\n" * 1_100_000, "text/csv", None, 413, "413"),
    ],
    ids=[
        "empty",
        "more-features-than-the-model",
        "text-cell",
        "ragged",
        "text-value",
        "json",
        "parquet",
        "label-size",
        "csv-as-recordio",
        "unknown-accept",
        "accept-without-encoder",
        "over-6-mib",
    ],
)
def test_an_invocation_that_cannot_be_answered_has_its_status(
    body: str, content_type: str, accept: str | None, status: int, reason: str, logistic: Endpoint
) -> None:
    response = logistic.invoke(body, content_type, accept)

    assert response.status_code == status
    assert reason in response.text


def test_an_unknown_path_is_not_found(logistic: Endpoint) -> None:
    assert logistic.get("/models").status_code == 404


@pytest.mark.parametrize("content", [b"", b"no model"])
def test_ping_fails_while_the_model_cannot_be_loaded(content: bytes, tmp_path: Path) -> None:
    endpoint = Application(tmp_path, {"xgboost-model": content})
    assert endpoint.ping().status_code == 500
    assert "Unable to load model: " in endpoint.invoke(ROWS).text


@pytest.mark.parametrize(
    ("objective", "parameters", "csv", "score"),
    [
        ("multi:softmax", {"num_class": 2}, "1.0\n0.0\n", 1.0),
        ("reg:squarederror", {"eta": 1}, "1.0\n0.0\n", 1.0),
        ("binary:hinge", {"eta": 1}, "1.0\n0.0\n", 1.0),
    ],
)
def test_predictions_of_each_objective(
    objective: str, parameters: dict[str, int], csv: str, score: float, tmp_path: Path
) -> None:
    content = model(objective, **{"lambda": 0, **parameters})
    endpoint = Application(tmp_path, {"xgboost-model": content})
    assert endpoint.invoke(ROWS).text == csv
    answer: Any = endpoint.invoke(ROWS, "application/json").json
    assert answer["predictions"][0] == {"score": score}


def test_softprob_answers_a_row_of_probabilities(tmp_path: Path) -> None:
    content = model("multi:softprob", num_class=2)
    endpoint = Application(tmp_path, {"xgboost-model": content})
    first = [float(value) for value in endpoint.invoke(ROWS).text.splitlines()[0].split(",")]
    answer: Any = endpoint.invoke(ROWS, "application/json").json

    assert sum(first) == pytest.approx(1)
    assert answer["predictions"][0]["score"] == first


def test_a_model_of_the_xgboost_of_image_1_7_is_served(tmp_path: Path) -> None:
    content = Path(__file__).with_name("model_of_xgboost_1_7_6").read_bytes()
    answer = Application(tmp_path, {"xgboost-model": content}).invoke(ROWS)

    assert [float(value) for value in answer.text.split()] == pytest.approx([0.8741263, 0.13260755])


@pytest.mark.parametrize(
    ("version", "predictions"),
    [("0_90", [0.8041507, 0.19552174]), ("1_2_1", [0.7893088, 0.21714479])],
)
def test_a_model_that_the_xgboost_of_images_up_to_1_2_has_pickled_is_served(
    tmp_path: Path, version: str, predictions: list[float]
) -> None:
    content = Path(__file__).with_name(f"model_of_xgboost_{version}").read_bytes()
    answer = Application(tmp_path, {"xgboost-model": content}).invoke(ROWS)

    assert [float(value) for value in answer.text.split()] == pytest.approx(predictions)


@pytest.mark.parametrize(
    ("pickled", "reason"),
    [(time.time, "The pickle holds time.time; a Booster does not."), ([], "holds no Booster")],
)
def test_a_pickle_of_anything_else_is_not_made(
    pickled: object, reason: str, tmp_path: Path
) -> None:
    endpoint = Application(tmp_path, {"xgboost-model": pickle.dumps(pickled)})
    assert endpoint.ping().status_code == 500
    assert reason in endpoint.invoke(ROWS).text


def test_one_of_many_models_answers_an_array_or_one_line(tmp_path: Path) -> None:
    models = {"xgboost-model": model("reg:squarederror", eta=0)}
    endpoint = Application(tmp_path, models, SAGEMAKER_MULTI_MODEL="true")
    for accept in ("*/*", "application/json"):
        answer = endpoint.invoke(ROWS, accept)
        assert (answer.text, answer.content_type) == ("[0.5, 0.5]", "application/json")
    answer = endpoint.invoke(ROWS, "text/csv")
    assert (answer.text, answer.content_type) == ("0.5,0.5", "text/csv")
    refused = endpoint.invoke(ROWS, "application/jsonlines")
    assert refused.status_code == 415
    assert "Please choose one of the following: ['text/csv', 'application/json']" in refused.text


def test_several_models_answer_their_mean_and_dotfiles_none(tmp_path: Path) -> None:
    models = {"xgboost-model-0": model("reg:squarederror", eta=0)}
    models["xgboost-model-1"] = model("reg:squarederror", eta=1, **{"lambda": 0})
    endpoint = Application(tmp_path, models | {".DS_Store": b"no model"})
    assert endpoint.invoke(ROWS).text == "0.75\n0.25\n"


def test_models_of_classes_vote(tmp_path: Path) -> None:
    good = model("multi:softmax", num_class=2)
    always_zero = model("multi:softmax", num_class=2, eta=0)
    models = {"a": good, "b": always_zero, "c": good}
    endpoint = Application(tmp_path, models)
    assert endpoint.invoke(ROWS).text == "1.0\n0.0\n"


def test_images_up_to_1_2_1_answer_one_comma_joined_line(tmp_path: Path) -> None:
    content = model("multi:softmax", num_class=2)
    endpoint = Application(tmp_path, {"m": content}, SM_XGBOOST_VERSION="1.2-1")
    for accept in ("*/*", "application/json"):
        answer = endpoint.invoke(ROWS, accept)
        assert (answer.text, answer.mimetype) == ("1.0,0.0", "text/csv")


def test_image_1_2_2_answers_as_later_ones_do(tmp_path: Path) -> None:
    content = model("multi:softmax", num_class=2)
    endpoint = Application(tmp_path, {"m": content}, SM_XGBOOST_VERSION="1.2-2")

    assert endpoint.invoke(ROWS).text == "1.0\n0.0\n"
    answer: Any = endpoint.invoke(ROWS, "application/json").json
    assert answer["predictions"][1] == {"score": 0.0}


NOT_CSV = "Loading csv data failed with Exception, please ensure data is in csv format:\n "


@pytest.mark.parametrize(
    ("body", "content_type", "accept", "text"),
    [
        (
            "1,zero,1\n",
            "text/csv",
            "*/*",
            f"{NOT_CSV}<class 'ValueError'>\n could not convert string to float: 'zero'",
        ),
        (
            "0\n1\n",
            "text/libsvm",
            "*/*",
            "Loading libsvm data failed with Exception, please ensure data is in libsvm format:\n "
            "<class 'ValueError'>\n cannot infer dimensions from zero sized index arrays",
        ),
        (
            ROWS,
            "Text/HTML; x=y",
            "*/*",
            "Text/HTML; x=y is not an accepted ContentType: csv, libsvm, parquet, "
            "recordio-protobuf, text/csv, text/libsvm, text/x-libsvm, application/x-parquet, "
            "application/x-recordio-protobuf.",
        ),
        (
            ROWS,
            "text/csv",
            "Application/XML; q=1",
            "Accept type Application/XML is not supported. Please use supported accept types: "
            "['application/json', 'application/jsonlines', 'application/x-recordio-protobuf', "
            "'text/csv'].",
        ),
    ],
    ids=["text-cell", "no-features", "content-type", "accept"],
)
def test_a_refusal_is_in_the_images_words(
    body: str, content_type: str, accept: str, text: str, tmp_path: Path
) -> None:
    endpoint = Application(tmp_path, {"m": model("binary:logistic")})
    assert endpoint.invoke(body, accept, content_type).text == text


def test_selected_outputs_in_csv_come_in_the_order_asked(tmp_path: Path) -> None:
    outputs = "predicted_label, probabilities,labels"
    content = model("multi:softprob", num_class=2)
    endpoint = Application(tmp_path, {"m": content}, SAGEMAKER_INFERENCE_OUTPUT=outputs)
    first, second = endpoint.invoke(ROWS).text.split("\n")

    assert first.startswith('1,"[0.')
    assert second.endswith(']","[0, 1]"')


def test_selected_outputs_in_json_name_what_was_asked(tmp_path: Path) -> None:
    outputs = "predicted_label,probability,raw_scores,predicted_score"
    content = {"m": model("binary:logistic")}
    endpoint = Application(tmp_path, content, SAGEMAKER_INFERENCE_OUTPUT=outputs)
    answer: Any = endpoint.invoke(ROWS, "application/json").json
    lines = endpoint.invoke(ROWS, "application/jsonlines").text.splitlines()

    first = answer["predictions"][0]
    assert first["predicted_label"] == 1
    assert first["raw_scores"] == pytest.approx([1 - first["probability"], first["probability"]])
    assert math.isnan(first["predicted_score"])
    assert json.loads(lines[1])["predicted_label"] == 0


def test_selected_outputs_in_recordio_are_labels_by_name(tmp_path: Path) -> None:
    outputs = {"SAGEMAKER_INFERENCE_OUTPUT": "predicted_label,probabilities"}
    endpoint = Application(tmp_path, {"m": model("binary:logistic")}, **outputs)
    response = endpoint.invoke(ROWS, RECORDIO)

    first, second = read_records(response.data)
    assert response.mimetype == RECORDIO
    assert first.label["predicted_label"].values.tolist() == [1]
    assert sum(second.label["probabilities"].values) == pytest.approx(1)


def test_selected_outputs_of_an_objective_without_them_are_an_error(tmp_path: Path) -> None:
    content = {"m": model("count:poisson")}
    endpoint = Application(tmp_path, content, SAGEMAKER_INFERENCE_OUTPUT="predicted_score")
    response = endpoint.invoke(ROWS)

    assert response.status_code == 500
    assert "count:poisson` unsupported" in response.text


def test_a_refusal_reaches_a_client_that_is_slow_to_send(logistic: Endpoint) -> None:
    address = urlsplit(logistic.url)
    body = ROWS.encode() * 600_000
    with closing(HTTPConnection("127.0.0.1", address.port, timeout=10)) as client:
        client.putrequest("POST", "/invocations")
        client.putheader("Content-Type", "text/csv")
        client.putheader("Content-Length", str(len(body)))
        client.endheaders()
        time.sleep(0.1)
        client.send(body)
        assert client.getresponse().status == 413


def test_a_body_that_tells_no_length_is_counted(logistic: Endpoint) -> None:
    chunk = ROWS.encode() * 100_000
    with closing(HTTPConnection("127.0.0.1", urlsplit(logistic.url).port, timeout=10)) as client:
        headers = {"Content-Type": "text/csv", "Transfer-Encoding": "chunked"}
        client.request("POST", "/invocations", iter([chunk] * 6), headers, encode_chunked=True)
        assert client.getresponse().status == 413
