"""VerifyEndpoint asks for rows of the test channel, and says what the answers prove."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber
from tuning import errors
from tuning.aws import hosting, objects
from tuning.errors import EndpointUnhealthy
from tuning.handlers import verify_endpoint

from tests.tuning.hosting import Aws, put_in_place_of_aws
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.offline import offline_client
from tests.tuning.plans import evaluated_plan

NEW, OLD = "retune-new", "retune-old"
RECORD = "runs/monday/deployment.json"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Aws:
    """The endpoint serves the new config since DeployEndpoint has asked for that."""
    fake = Aws()
    fake.serves(NEW)
    fake.objects[RECORD] = {"EndpointConfigName": NEW, "Previous": OLD, "Proven": False}
    put_in_place_of_aws(fake, monkeypatch)
    return fake


@pytest.fixture
def stubs(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> dict[str, Stubber]:
    """Clients of S3 and the SageMaker runtime that answer what a test tells them to."""
    clients = {service: offline_client(service) for service in ("s3", "sagemaker-runtime")}
    for module in (objects, hosting, verify_endpoint):
        monkeypatch.setattr(module, "client", {**clients, "sagemaker": aws}.__getitem__)
    stubs = {service: Stubber(client) for service, client in clients.items()}
    for stub in stubs.values():
        stub.activate()
    stubs["s3"].add_response("get_object", {"Body": stream(CSV)})
    return stubs


CSV = b"1,0.5,a\n0,0.25,b\n"
PLAN = evaluated_plan(test_channel="s3://bucket/test/")
EVENT = {"Plan": PLAN.to_document(), "EndpointConfigName": NEW, "HyperParameters": {}}
SCORED = {
    "ModelName": NEW,
    "TransformOutput": "s3://bucket/scored/",
    "Since": "2026-05-04T09:00:00.123Z",
}


def stream(content: bytes) -> StreamingBody:
    return StreamingBody(io.BytesIO(content), len(content))


def answers(stubs: dict[str, Stubber], content: bytes) -> None:
    stubs["sagemaker-runtime"].add_response("invoke_endpoint", {"Body": stream(content)})


def channel(written: datetime | None) -> dict[str, Any]:
    """A listing of one object, or of none."""
    entry = {"Key": "test/rows.csv", "Size": 9, "ETag": '"e"', "LastModified": written}
    return {"Contents": [entry]} if written else {}


def test_handler_asks_for_csv_and_returns_rows(stubs: dict[str, Stubber]) -> None:
    stubs["sagemaker-runtime"].add_response(
        "invoke_endpoint",
        {"Body": stream(b"0.75\n0.25\n")},
        {
            "EndpointName": "retune",
            "Body": b"0.5,a\n0.25,b",
            "ContentType": "text/csv",
            "Accept": "text/csv",
        },
    )
    assert verify_endpoint.handler(EVENT, CONTEXT)["Rows"] == [
        {"Actual": 1.0, "Predicted": 0.75},
        {"Actual": 0.0, "Predicted": 0.25},
    ]


def test_handler_tells_where_the_container_says_why_it_refused(stubs: dict[str, Stubber]) -> None:
    stubs["sagemaker-runtime"].add_client_error(
        "invoke_endpoint",
        "ModelError",
        http_status_code=424,
        modeled_fields={
            "OriginalStatusCode": 415,
            "OriginalMessage": "could not convert string to float: '0.5,a'",
            "LogStreamArn": "arn:aws:logs:eu-west-1:123456789012:log-group:/e:log-stream:s",
        },
    )
    with pytest.raises(EndpointUnhealthy, match="status 415") as raised:
        verify_endpoint.handler(EVENT, CONTEXT)
    assert "log-group:/e:log-stream:s" in str(raised.value)
    assert "0.5" not in str(raised.value)


LATER, EARLIER = datetime(2026, 5, 5, tzinfo=UTC), datetime(2026, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize("written", [None, LATER], ids=["deleted", "replaced"])
def test_rows_that_were_not_scored_are_not_compared(
    written: datetime | None, stubs: dict[str, Stubber]
) -> None:
    answers(stubs, b"0.75\n0.25\n")
    stubs["s3"].add_response("list_objects_v2", channel(written))
    assert (
        verify_endpoint.handler({**EVENT, "Candidate": SCORED}, CONTEXT)["RowsLikeTransform"] == 0
    )
    stubs["s3"].assert_no_pending_responses()


def test_rows_that_were_scored_are_compared(stubs: dict[str, Stubber]) -> None:
    answers(stubs, b"0.75\n0.25\n")
    stubs["s3"].add_response("list_objects_v2", channel(EARLIER))
    for content in (b"0.75\n0.3\n", CSV):
        stubs["s3"].add_response("get_object", {"Body": stream(content)})
    answers(stubs, b"0.75\n0.25\n")
    with pytest.raises(EndpointUnhealthy, match=r"row 2 got \[0\.25\], and the transform job"):
        verify_endpoint.handler({**EVENT, "Candidate": SCORED}, CONTEXT)


def test_endpoint_that_still_serves_the_config_after_its_answers_is_proven(
    aws: Aws, stubs: dict[str, Stubber]
) -> None:
    answers(stubs, b"0.75\n0.25\n")
    assert verify_endpoint.handler(EVENT, CONTEXT)["Proven"]
    assert aws.objects[RECORD] == {"EndpointConfigName": NEW, "Previous": OLD, "Proven": True}


def test_endpoint_that_changes_meanwhile_is_to_be_verified_again(
    aws: Aws, stubs: dict[str, Stubber]
) -> None:
    """Application Auto Scaling may change the number of instances at any time."""
    answers(stubs, b"0.75\n0.25\n")
    aws.serves(NEW, "Updating")
    assert not verify_endpoint.handler(EVENT, CONTEXT)["Proven"]
    assert not aws.objects[RECORD]["Proven"]


@pytest.mark.parametrize(
    ("config", "error"),
    [(OLD, errors.EndpointRolledBack), ("somebodys", errors.EndpointSuperseded)],
)
def test_answers_of_another_config_prove_nothing(
    aws: Aws, stubs: dict[str, Stubber], config: str, error: type[errors.RetuneError]
) -> None:
    answers(stubs, b"0.75\n0.25\n")
    aws.serves(config)
    with pytest.raises(error, match=config):
        verify_endpoint.handler(EVENT, CONTEXT)
    assert not aws.objects[RECORD]["Proven"]


def test_bad_answer_of_another_config_accuses_no_model_of_this_execution(
    aws: Aws, stubs: dict[str, Stubber]
) -> None:
    answers(stubs, b"nan\nnan\n")
    aws.serves("somebodys")
    with pytest.raises(errors.EndpointSuperseded, match="somebodys"):
        verify_endpoint.handler(EVENT, CONTEXT)


def test_endpoint_that_somebody_deletes_meanwhile_is_not_proven(
    aws: Aws, stubs: dict[str, Stubber]
) -> None:
    answers(stubs, b"0.75\n0.25\n")
    aws.endpoint = None
    with pytest.raises(errors.EndpointDeleted):
        verify_endpoint.handler(EVENT, CONTEXT)
