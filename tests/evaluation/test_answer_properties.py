"""Whatever models answer, and whatever lies in the test channel, has an outcome of its own."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st
from tuning.endpoint.sample_request import sample_request
from tuning.endpoint.verification import check_answer
from tuning.errors import EndpointUnhealthy, EvaluationFailed, MissingData
from tuning.evaluation.held_out_data import HeldOutData
from tuning.evaluation.transform_output import read_predictions

from tests.evaluation.store import Store
from tests.odd_data import contents, tables
from tests.tuning.plans import evaluated_plan

DEEP = "[" * 5000
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["predictions", "score", "x"]), inner, max_size=2)
    ),
    max_leaves=8,
).map(json.dumps)
FORMATS = ("text/csv", "text/libsvm", "application/x-recordio-protobuf", "application/x-parquet")


@example(DEEP, "application/json")
@example('{"predictions": 5}', "application/json")
@given(JSON | tables, st.sampled_from(["application/json", "text/csv"]))
def test_any_answer_of_an_endpoint_is_a_prediction_or_unhealthy(answer: str, accept: str) -> None:
    request = sample_request(b"1,2,3\n0,4,5\n", "text/csv", accept=accept)
    assert request is not None
    try:
        check_answer(request, answer, objective="binary:logistic")
    except EndpointUnhealthy:
        return


@example('{"predictions":' + DEEP)
@example('{"predictions": 5}')
@example('{"score": ' + "9" * 400 + "}")
@given(JSON | tables)
def test_any_output_of_a_transform_job_is_predictions_or_a_value_error(text: str) -> None:
    try:
        list(read_predictions(text.splitlines()))
    except ValueError:
        return


@given(contents, st.sampled_from(FORMATS))
def test_any_object_gives_rows_for_a_request_or_is_refused(start: bytes, content_type: str) -> None:
    try:
        sample_request(start, content_type, weighted=True)
    except MissingData:
        return


@given(tables, st.sampled_from(FORMATS[:3]))
def test_any_test_channel_gives_labels_or_fails_the_evaluation(
    text: str, content_type: str
) -> None:
    channel = "s3://bucket/data/test/"
    plan = evaluated_plan(test_channel=channel).evaluation
    assert plan is not None
    plan.transform_input["ContentType"] = content_type
    try:
        HeldOutData.read(plan, Store({f"{channel}a.csv": text}))
    except EvaluationFailed:
        return
