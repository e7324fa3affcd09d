"""CleanUpAborted: how far a stopped execution had come, and what is done about it."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from tuning.aws import gateway, inventory, orphaned_jobs
from tuning.errors import EndpointBusy
from tuning.failure.execution_progress import Aborted
from tuning.failure.notification import Notification
from tuning.handlers import clean_up_aborted
from tuning.leftovers.resources import Inventory

from tests.tuning.lambda_context import CONTEXT
from tests.tuning.offline import offline_client

EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:retune:monday"
PLAN = {
    "TuningJob": {"HyperParameterTuningJobName": "retune-261124-aaaaaaaa"},
    "Endpoint": {"EndpointName": "retune", "Update": {"RetainAllVariantProperties": True}},
}


def left(name: str, output: Any) -> dict[str, Any]:
    return {"stateExitedEventDetails": {"name": name, "output": json.dumps(output)}}


def asked(state: str, config: str = "new") -> list[dict[str, Any]]:
    """A state asks for a config; the resource of RestorePrevious is that of UpdateEndpoint."""
    resource = "createEndpoint" if state == "CreateEndpoint" else "updateEndpoint"
    parameters = json.dumps({"EndpointName": "retune", "EndpointConfigName": config})
    return [
        {"stateEnteredEventDetails": {"name": state}},
        {"taskScheduledEventDetails": {"resource": resource, "parameters": parameters}},
    ]


PLANNED = [left("PlanTuning", PLAN)]
FOUND = [*PLANNED, left("FindEndpoint", {"EndpointConfigName": "old"})]
UPDATING = [*FOUND, *asked("UpdateEndpoint")]
CREATING = [*PLANNED, left("FindEndpoint", {"Error": "no endpoint"}), *asked("CreateEndpoint")]
FASTER = [left("FindEndpoint", {"EndpointConfigName": "another's"}), *asked("UpdateEndpoint")]
HISTORIES = {
    "before the plan": ([], Aborted()),
    "while it tuned": (PLANNED, Aborted(PLAN)),
    "before the update": (FOUND, Aborted(PLAN)),
    "while it updated": (UPDATING, Aborted(PLAN, "new", "old")),
    "while it created": (CREATING, Aborted(PLAN, "new")),
    "after another execution was faster to update": (
        [*UPDATING, *FASTER],
        Aborted(PLAN, "new", "another's"),
    ),
    "after another execution was faster to create": (
        [*CREATING, *FASTER],
        Aborted(PLAN, "new", "another's"),
    ),
    "while it restored": (
        [*UPDATING, *asked("RestorePrevious", "old")],
        Aborted(PLAN, "new", "old"),
    ),
    "after the proof": (
        [*UPDATING, left("VerifyEndpoint", {"Rows": []})],
        Aborted(PLAN, "new", "old", proven=True),
    ),
    "after it had told": (
        [left("Notify", {"Payload": {"MessageId": "m"}})],
        Aborted(told=True),
    ),
    "after it could not tell": ([left("Notify", {"Error": "X", "Cause": "y"})], Aborted()),
    "while it undid what was found unhealthy": (
        [*UPDATING, left("VerifyEndpoint", {"Error": "EndpointUnhealthy", "Cause": "NaN"})],
        Aborted(PLAN, "new", "old"),
    ),
}


@pytest.mark.parametrize(("events", "aborted"), HISTORIES.values(), ids=HISTORIES.keys())
def test_history_tells_how_far_it_had_come(events: Any, aborted: Aborted) -> None:
    assert Aborted.parse(events) == aborted


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Notification]:
    """What is published; nothing is left to clean up."""
    notifications: list[Notification] = []
    monkeypatch.setenv("NAME_PREFIX", "retune")
    monkeypatch.setenv("BUCKET", "data-bucket")
    monkeypatch.setenv("TOPIC_ARN", "arn:aws:sns:eu-west-1:123456789012:retune-executions")
    monkeypatch.setattr(
        gateway, "publish", lambda topic, notification: notifications.append(notification)
    )
    monkeypatch.setattr(orphaned_jobs, "stop_jobs", lambda start: [f"{start}-00"])
    monkeypatch.setattr(inventory, "read_inventory", lambda *_, **__: Inventory((), (), (), {}))
    return notifications


def context(seconds: float = 600) -> Any:
    return SimpleNamespace(**vars(CONTEXT), get_remaining_time_in_millis=lambda: seconds * 1000)


def handle(events: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, **options: Any) -> None:
    monkeypatch.setattr(gateway, "read_history", {EXECUTION: events}.__getitem__)
    detail = {"executionArn": EXECUTION, "status": "ABORTED", "cause": "The data was wrong."}
    clean_up_aborted.handler({"detail": detail}, context(**options))


def endpoint(status: str, config: str) -> dict[str, Any]:
    return {
        "EndpointName": "retune",
        "EndpointArn": "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/retune",
        "EndpointConfigName": config,
        "EndpointStatus": status,
        "CreationTime": 0,
        "LastModifiedTime": 0,
    }


@pytest.fixture
def sagemaker(monkeypatch: pytest.MonkeyPatch) -> Stubber:
    client = offline_client("sagemaker")
    monkeypatch.setattr("tuning.aws.endpoint_restorer.client", lambda service: client)
    monkeypatch.setattr("tuning.aws.endpoint_restorer.time.sleep", lambda seconds: None)
    stub = Stubber(client)
    stub.activate()
    return stub


def test_stopped_tuning_is_cleaned_up_and_told(
    told: list[Notification], monkeypatch: pytest.MonkeyPatch
) -> None:
    handle(PLANNED, monkeypatch)
    (notification,) = told
    assert notification.outcome == "Cancelled"
    for words in ("The data was wrong.", "Stopped retune-261124-aaaaaaaa-00."):
        assert words in notification.message


BROKEN = {
    "executionArn": EXECUTION,
    "status": "FAILED",
    "error": "States.DataLimitExceeded",
    "cause": "The state returned too much.",
}


def test_error_that_no_state_can_catch_is_cleaned_up_and_told(
    told: list[Notification], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "read_history", {EXECUTION: PLANNED}.__getitem__)
    clean_up_aborted.handler({"detail": BROKEN}, context())
    (notification,) = told
    assert notification.outcome == "WorkflowFailed"
    assert "States.DataLimitExceeded: The state returned too much." in notification.message
    assert "Stopped retune-261124-aaaaaaaa-00." in notification.message


def test_failure_that_was_told_is_not_told_again(
    told: list[Notification], monkeypatch: pytest.MonkeyPatch
) -> None:
    events = [*PLANNED, left("Notify", {"Payload": {"MessageId": "m"}})]
    monkeypatch.setattr(gateway, "read_history", {EXECUTION: events}.__getitem__)
    assert clean_up_aborted.handler({"detail": BROKEN}, context()) == {}
    assert told == []


def test_endpoint_goes_back_once_it_has_settled(
    told: list[Notification], sagemaker: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    sagemaker.add_response("describe_endpoint", endpoint("Updating", "old"))
    sagemaker.add_response("describe_endpoint", endpoint("InService", "new"))
    sagemaker.add_response(
        "update_endpoint",
        {"EndpointArn": endpoint("", "")["EndpointArn"]},
        {
            "EndpointName": "retune",
            "EndpointConfigName": "old",
            "RetainAllVariantProperties": True,
        },
    )
    sagemaker.add_response("describe_endpoint", endpoint("InService", "old"))
    handle(UPDATING, monkeypatch)
    assert "The endpoint retune serves old again, as before." in told[0].message
    sagemaker.assert_no_pending_responses()


def test_update_whose_answer_was_lost_counts_as_asked_for(
    told: list[Notification], sagemaker: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    sagemaker.add_response("describe_endpoint", endpoint("InService", "new"))
    refused = "Cannot update in-progress endpoint"
    sagemaker.add_client_error("update_endpoint", "ValidationException", refused)
    sagemaker.add_response("describe_endpoint", endpoint("Updating", "new"))
    for _ in range(2):
        sagemaker.add_response("describe_endpoint", endpoint("InService", "old"))
    handle(UPDATING, monkeypatch)
    assert "The endpoint retune serves old again, as before." in told[0].message
    sagemaker.assert_no_pending_responses()


def test_config_that_somebody_has_deleted_cannot_come_back_and_the_rest_is_cleaned_up(
    told: list[Notification], sagemaker: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = 'Could not find endpoint configuration "old".'
    sagemaker.add_response("describe_endpoint", endpoint("InService", "new"))
    sagemaker.add_client_error("update_endpoint", "ValidationException", gone)
    for _ in range(2):
        sagemaker.add_response("describe_endpoint", endpoint("InService", "new"))
    handle(UPDATING, monkeypatch)
    assert f"could not be restored: it is InService with new. The attempt was refused: {gone}" in (
        told[0].message
    )
    assert "Stopped retune-261124-aaaaaaaa-00." in told[0].message


def test_endpoint_of_somebody_else_is_left_alone(
    told: list[Notification], sagemaker: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    sagemaker.add_response("describe_endpoint", endpoint("InService", "newer"))
    handle(UPDATING, monkeypatch)
    assert "serves newer" in told[0].message


def test_lambda_calls_again_when_the_endpoint_takes_too_long(
    told: list[Notification], sagemaker: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    sagemaker.add_response("describe_endpoint", endpoint("Updating", "old"))
    with pytest.raises(EndpointBusy, match="still Updating"):
        handle(UPDATING, monkeypatch, seconds=60)
    assert told == []


def test_failure_to_clean_up_is_told_and_raised_so_that_lambda_tries_again(
    told: list[Notification], monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(plan: Any, execution: str) -> Any:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "StopTrainingJob")

    monkeypatch.setattr(clean_up_aborted, "clean_up", denied)
    with pytest.raises(ClientError, match="AccessDenied"):
        handle(PLANNED, monkeypatch)
    assert told[0].outcome == "Cancelled"
    assert "Not everything could be undone" in told[0].message
    assert "AccessDenied" in told[0].message
