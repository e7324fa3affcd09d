"""VerifyEndpoint: what an endpoint is asked and which answers pass."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.containers.recordio import write_rows
from tuning.endpoint.sample_request import READ_BYTES, ROWS, SampleRow, sample_request
from tuning.endpoint.verification import check_answer
from tuning.errors import EndpointUnhealthy, MissingData

CSV = b"1,0.5,a\n0,0.25,b\n"


def test_question_leaves_out_the_label() -> None:
    request = sample_request(CSV, "text/csv")
    assert request is not None
    assert request.rows == [SampleRow("1", "0.5,a"), SampleRow("0", "0.25,b")]
    assert (request.body, request.content_type) == ("0.5,a\n0.25,b", "text/csv")


@pytest.mark.parametrize(
    ("content", "content_type", "features"),
    [
        (b"1;2;3", "csv", "2;3"),
        (b"1,2,3\r\n", "text/csv;label_size=1", "2,3"),
        (b"1:0.5 qid:7 1:2 4:3\n", "libsvm", "1:2 4:3"),
    ],
    ids=["semicolon", "carriage return", "libsvm with weight and group"],
)
def test_question_reads_every_text_format(content: bytes, content_type: str, features: str) -> None:
    request = sample_request(content, content_type)
    assert request is not None
    assert request.rows == [SampleRow("1", features)]


def test_question_leaves_out_the_weight() -> None:
    request = sample_request(CSV, "text/csv", weighted=True)
    assert request is not None
    assert request.body == "a\nb"


def test_question_has_the_first_rows_only() -> None:
    request = sample_request(CSV * ROWS, "text/csv")
    assert request is not None
    assert len(request.rows) == ROWS


def test_question_leaves_out_a_row_that_was_cut() -> None:
    request = sample_request(b"1,2\n".ljust(READ_BYTES, b"3"), "text/csv")
    assert request is not None
    assert request.body == "2"


def test_question_needs_one_complete_row() -> None:
    with pytest.raises(MissingData, match="no complete row of text/csv"):
        sample_request(b"1".ljust(READ_BYTES, b","), "text/csv")


def test_records_are_asked_as_they_are() -> None:
    records = [write_rows([[number, 0.5]], [number % 2]) for number in range(9)]
    request = sample_request(b"".join(records), "recordio-protobuf")
    assert request is not None
    assert request.body == b"".join(records[:ROWS])
    assert [sample.actual for sample in request.rows] == ["0.0", "1.0", "0.0", "1.0", "0.0"]
    with pytest.raises(EndpointUnhealthy, match="1 predictions to 5 rows"):
        check_answer(request, "0.5\n")


def test_records_that_reading_has_cut_are_left_out() -> None:
    wide = write_rows([[0.5] * 100_000], [1])
    request = sample_request((wide * 3)[:READ_BYTES], "application/x-recordio-protobuf")
    assert request is not None
    assert request.body == wide * 2


@pytest.mark.parametrize(
    "content", [b"1,2\n", write_rows([[1, 2]], [1])[:-4], b""], ids=["CSV", "cut off", "empty"]
)
def test_what_is_no_recordio_is_no_row(content: bytes) -> None:
    with pytest.raises(MissingData):
        sample_request(content, "application/x-recordio-protobuf")


@pytest.mark.parametrize("content_type", ["application/x-parquet", "application/x-image"])
def test_content_type_that_retune_cannot_read_is_not_asked(content_type: str) -> None:
    assert sample_request(b"PAR1", content_type) is None


@pytest.mark.parametrize(
    ("answer", "predicted"),
    [
        ("0.75\n0.5\n", [0.75, 0.5]),
        ("0.75\n0.5", [0.75, 0.5]),
        ("0.5,0.5\n1,0\n", [(0.5, 0.5), (1, 0)]),
    ],
    ids=["trailing newline", "no trailing newline", "a value a class"],
)
def test_good_answer_becomes_rows(answer: str, predicted: list[Any]) -> None:
    request = sample_request(CSV, "text/csv")
    assert request is not None
    rows = check_answer(request, answer)
    assert [row.predicted for row in rows] == predicted
    assert [row.actual for row in rows] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("0.5\n", "1 predictions to 2 rows"),
        ("0.5\n0.5\n0.5\n", "3 predictions to 2 rows"),
        ("0.5\nnan\n", r"row 2 \(s3://bucket/train/a\.csv, line 3\) is .* no finite number"),
        ("0.5\n\n", "row 2 .* no finite number"),
        ("<html>\n0.5\n", r"row 1 \(s3://bucket/train/a\.csv, line 1\) is .* no finite number"),
        ("0.5\n1.5\n", "row 2 .* binary:logistic cannot: probabilities from 0 to 1"),
        ("0.25\nb\n", "row 2 .* no finite number"),
    ],
)
def test_bad_answer_names_the_row_and_holds_neither_question_nor_answer(
    answer: str, fault: str
) -> None:
    content = CSV.replace(b"\n", b"\n\n", 1)  # an empty line is no row
    request = sample_request(content, "text/csv", source="s3://bucket/train/a.csv")
    assert request is not None
    with pytest.raises(EndpointUnhealthy, match=fault) as raised:
        check_answer(request, answer, objective="binary:logistic")
    message = str(raised.value)
    assert "about 2 rows of s3://bucket/train/a.csv (text/csv)" in message
    assert not any(cell in message for cell in ("0.5", "0.25", "<html>"))


def test_label_that_is_no_number_is_not_kept() -> None:
    request = sample_request(b"Smith,1,2\n1,1,2\n", "text/csv")
    assert request is not None
    assert [row.actual for row in check_answer(request, "0.5\n0.5\n")] == [None, 1.0]


@pytest.mark.parametrize(
    ("answer", "predicted"),
    [
        (
            '{"predictions": [{"score": 0.75, "predicted_label": 1}, {"score": 1e-3}]}',
            [0.75, 0.001],
        ),
        ('{"predictions": [{"score": [0.5, 0.5]}, {"score": [1, 0]}]}', [(0.5, 0.5), (1, 0)]),
    ],
    ids=["a score", "a score for each class"],
)
def test_json_answer_becomes_rows(answer: str, predicted: list[Any]) -> None:
    request = sample_request(CSV, "text/csv", accept="application/json")
    assert request is not None
    assert [row.predicted for row in check_answer(request, answer)] == predicted


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("0.5\n0.5\n", "no JSON with a score for each row"),
        ('{"predictions": [{"label": 1}, {"label": 0}]}', "no JSON with a score for each row"),
        ("[" * 90_000, "no JSON with a score for each row"),
        ('{"predictions": [{"score": 1' + "0" * 400 + "}]}", "no JSON with a score for each row"),
        ('{"predictions": [{"score": 0.5}]}', "1 predictions to 2 rows"),
        ('{"predictions": [{"score": 0.5}, {"score": NaN}]}', "finite"),
    ],
    ids=["csv", "labels", "brackets", "a number of 400 digits", "one row", "nan"],
)
def test_bad_json_answer_is_shown(answer: str, fault: str) -> None:
    request = sample_request(CSV, "text/csv", accept="application/json")
    assert request is not None
    with pytest.raises(EndpointUnhealthy, match=fault):
        check_answer(request, answer)


def test_regression_may_predict_any_number() -> None:
    request = sample_request(CSV, "text/csv")
    assert request is not None
    assert check_answer(request, "-1.5\n99\n", objective="reg:squarederror")[1].predicted == 99
