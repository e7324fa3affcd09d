"""Who hears of a decision, and when: the handlers around the waiting state."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from botocore.stub import Stubber
from tuning.aws import executions, model_packages, objects
from tuning.data.s3_location import S3Location
from tuning.handlers import await_approval, resume_execution
from tuning.variables.approval import ApprovalAnswer

from tests.tuning.lambda_context import CONTEXT
from tests.tuning.offline import offline_client

ARN = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/retune/3"
FILE = "s3://data-bucket/runs/monday/approval.json"
EVENT = {"detail": {"ModelPackageArn": ARN, "ModelApprovalStatus": "Approved"}}
WAITING = {
    "TaskToken": "token",
    "ModelPackageArn": ARN,
    "Report": {"Bucket": "data-bucket", "Prefix": "runs/monday/"},
}


class Aws:
    """S3, the package and Step Functions as the handlers see them through tuning.aws."""

    def __init__(self, package: dict[str, Any]) -> None:
        self.package = package
        self.objects: dict[str, str] = {}
        self.answers: list[dict[str, Any]] = []

    def write_object(self, location: S3Location, content: bytes, content_type: str) -> None:
        self.objects[str(location)] = content.decode()

    def read_if_there(self, location: S3Location, since: datetime | None = None) -> str | None:
        return self.objects.get(str(location))

    def describe_model_package(self, arn: str) -> dict[str, Any]:
        assert arn == ARN
        return self.package

    def send_decision(self, token: str, decided: ApprovalAnswer) -> bool:
        self.answers.append({"token": token, **decided.to_document()})
        return True


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Aws:
    package = {
        "ModelApprovalStatus": "PendingManualApproval",
        "CustomerMetadataProperties": {"Execution": "monday"},
    }
    fake = Aws(package)
    for name in ("write_object", "read_if_there"):
        monkeypatch.setattr(objects, name, getattr(fake, name))
    monkeypatch.setattr(model_packages, "describe_model_package", fake.describe_model_package)
    monkeypatch.setattr(executions, "send_decision", fake.send_decision)
    monkeypatch.setenv("NAME_PREFIX", "retune")
    monkeypatch.setenv("BUCKET", "data-bucket")
    return fake


def test_token_is_kept_while_nobody_has_decided(aws: Aws) -> None:
    await_approval.handler(WAITING, CONTEXT)
    assert json.loads(aws.objects[FILE]) == {"TaskToken": "token", "ModelPackageArn": ARN}
    assert aws.answers == []


def test_decision_before_the_token_was_kept_is_heard(aws: Aws) -> None:
    aws.package["ModelApprovalStatus"] = "Approved"
    await_approval.handler(WAITING, CONTEXT)
    assert [answer["ModelApprovalStatus"] for answer in aws.answers] == ["Approved"]


def test_package_that_was_deleted_before_the_token_was_kept_is_not_waited_for(aws: Aws) -> None:
    aws.package = {}
    await_approval.handler(WAITING, CONTEXT)
    assert [answer["ModelApprovalStatus"] for answer in aws.answers] == ["Deleted"]


def test_event_about_a_package_that_was_deleted_since_is_no_decision(aws: Aws) -> None:
    await_approval.handler(WAITING, CONTEXT)
    aws.package = {}
    resume_execution.handler(EVENT, CONTEXT)
    assert aws.answers == []


@pytest.mark.parametrize("status", ["Approved", "Rejected"])
def test_decision_reaches_the_state_that_waits(aws: Aws, status: str) -> None:
    await_approval.handler(WAITING, CONTEXT)
    aws.package |= {"ModelApprovalStatus": status, "ApprovalDescription": "Seen."}
    resume_execution.handler(EVENT, CONTEXT)
    expected = {"token": "token", "ModelApprovalStatus": status, "ApprovalDescription": "Seen."}
    assert aws.answers == [expected]


def test_automatic_run_has_nobody_who_waits(aws: Aws) -> None:
    aws.package["ModelApprovalStatus"] = "Approved"
    resume_execution.handler(EVENT, CONTEXT)
    assert aws.answers == []


def test_package_that_was_not_made_by_a_run_is_left_alone(aws: Aws) -> None:
    aws.package = {"ModelApprovalStatus": "Approved"}
    resume_execution.handler(EVENT, CONTEXT)
    assert aws.answers == []


def test_token_of_another_package_is_not_used(aws: Aws) -> None:
    aws.objects[FILE] = json.dumps({"TaskToken": "token", "ModelPackageArn": "another"})
    aws.package["ModelApprovalStatus"] = "Approved"
    resume_execution.handler(EVENT, CONTEXT)
    assert aws.answers == []


@pytest.mark.parametrize(
    ("status", "operation"),
    [
        ("Approved", "send_task_success"),
        ("Rejected", "send_task_failure"),
        ("Deleted", "send_task_failure"),
    ],
)
def test_state_goes_on_when_approved_and_fails_as_not_approved_otherwise(
    monkeypatch: pytest.MonkeyPatch, status: str, operation: str
) -> None:
    decided = ApprovalAnswer(model_approval_status=status, approval_description="Seen.")
    text = json.dumps(decided.to_document())
    stepfunctions = offline_client("stepfunctions")
    monkeypatch.setattr(executions, "client", lambda service: stepfunctions)
    expected = {"output": text} if status == "Approved" else {"error": "NotApproved", "cause": text}
    with Stubber(stepfunctions) as stub:
        stub.add_response(operation, {}, {"taskToken": "token", **expected})
        assert executions.send_decision("token", decided)
        stub.assert_no_pending_responses()


def test_state_that_waits_no_more_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    stepfunctions = offline_client("stepfunctions")
    monkeypatch.setattr(executions, "client", lambda service: stepfunctions)
    with Stubber(stepfunctions) as stub:
        stub.add_client_error("send_task_failure", "TaskTimedOut")
        decided = ApprovalAnswer(model_approval_status="Rejected", approval_description="Late.")
        assert not executions.send_decision("token", decided)
