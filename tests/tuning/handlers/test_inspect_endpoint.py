"""InspectEndpoint: whose config the endpoint serves, and whether it can be touched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from tuning.aws import clients
from tuning.handlers import inspect_endpoint
from tuning.variables.deployment import Deployment
from tuning.variables.failed_state import FailedState
from tuning.variables.progress import Progress

from tests.tuning.lambda_context import CONTEXT
from tests.tuning.offline import offline_client
from tests.tuning.plans import EXECUTION, make_plan
from tests.tuning.report_runs import a_summary

FAILURE = FailedState(state="VerifyEndpoint", error="EndpointUnhealthy", cause="NaN")
DEPLOYMENT = Deployment(endpoint_config_name="new", previous="old")


@pytest.fixture
def sagemaker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    client = offline_client("sagemaker")
    monkeypatch.setattr(clients, "client", lambda service: client)
    with Stubber(client) as stub:
        yield stub
        stub.assert_no_pending_responses()


def inspect(**fields: Any) -> dict[str, Any]:
    known = {"plan": make_plan(), "deployment": DEPLOYMENT, **fields}
    progress = Progress(execution_id=EXECUTION.id, failure=FAILURE, **known)
    return inspect_endpoint.handler({"Progress": progress.to_document()}, CONTEXT)


def endpoint(status: str, config: str, **members: Any) -> dict[str, Any]:
    return {
        "EndpointName": "retune",
        "EndpointArn": "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/retune",
        "EndpointConfigName": config,
        "EndpointStatus": status,
        "CreationTime": 0,
        "LastModifiedTime": 0,
        **members,
    }


UNTOUCHED = {
    "before the plan": {"plan": None, "deployment": None},
    "before the endpoint was touched": {"deployment": None},
    "after the proof": {"deployment": DEPLOYMENT.model_copy(update={"proven": True})},
    "after the report": {"standing": a_summary()},
}


@pytest.mark.parametrize("fields", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_endpoint_is_not_looked_at_when_there_is_nothing_to_undo(
    sagemaker: Stubber, fields: dict[str, Any]
) -> None:
    assert inspect(**fields)["Status"] == "Untouched"


@pytest.mark.parametrize(
    ("status", "config", "changing", "ours"),
    [
        ("InService", "new", False, True),
        ("Failed", "new", False, True),
        ("Creating", "new", True, True),
        ("Updating", "old", True, False),
        ("InService", "old", False, False),
        ("InService", "somebody-elses", False, False),
    ],
)
def test_only_the_config_of_the_execution_is_its_own(
    sagemaker: Stubber, status: str, config: str, changing: bool, ours: bool
) -> None:
    described = endpoint(status, config, FailureReason="ping failed")
    sagemaker.add_response("describe_endpoint", described, {"EndpointName": "retune"})
    assert inspect() == {
        "Status": status,
        "ConfigName": config,
        "Reason": "ping failed",
        "Changing": changing,
        "Ours": ours,
        "Error": "",
    }


def test_missing_endpoint_is_told_from_a_fault_of_the_call(sagemaker: Stubber) -> None:
    gone = 'Could not find endpoint "arn:aws:sagemaker:...:endpoint/retune".'
    sagemaker.add_client_error("describe_endpoint", "ValidationException", gone)
    assert inspect()["Status"] == "Missing"
    sagemaker.add_client_error("describe_endpoint", "AccessDeniedException", "is not authorized")
    with pytest.raises(ClientError, match="not authorized"):
        inspect()
