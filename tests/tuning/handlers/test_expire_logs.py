"""ExpireLogs: logs of SageMaker are kept as long as the setting says."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from tuning.aws import clients
from tuning.handlers.expire_logs import handler

from tests.tuning.account import Account
from tests.tuning.lambda_context import CONTEXT

JOBS, ENDPOINTS = "/aws/sagemaker/TrainingJobs", "/aws/sagemaker/Endpoints"
OURS = [JOBS, f"{ENDPOINTS}/retune", f"{ENDPOINTS}/retune-bank"]
OF_OTHERS = [f"{JOBS}Other", f"{ENDPOINTS}/retuned", f"{ENDPOINTS}/shop", "/aws/lambda/retune"]


@pytest.fixture
def logs(account: Account, monkeypatch: pytest.MonkeyPatch) -> Any:
    """CloudWatch Logs with groups that keep everything for ever, as SageMaker makes them."""
    monkeypatch.setenv("SAGEMAKER_LOG_RETENTION_DAYS", "30")
    made = clients.client("logs")
    for name in OURS + OF_OTHERS:
        made.create_log_group(logGroupName=name)
    return made


def kept(logs: Any) -> dict[str, int | None]:
    groups = logs.describe_log_groups()["logGroups"]
    return {group["logGroupName"]: group.get("retentionInDays") for group in groups}


def test_groups_of_jobs_and_of_the_apps_endpoints_expire_and_no_other(logs: Any) -> None:
    assert sorted(handler({}, CONTEXT)["Changed"]) == sorted(OURS)
    assert kept(logs) == dict.fromkeys(OURS, 30) | dict.fromkeys(OF_OTHERS)


def test_only_what_is_kept_for_another_time_is_changed(logs: Any) -> None:
    handler({}, CONTEXT)
    logs.put_retention_policy(logGroupName=JOBS, retentionInDays=365)
    assert handler({}, CONTEXT) == {"Changed": [JOBS]}


@pytest.mark.parametrize("operation", ["DescribeLogGroups", "PutRetentionPolicy"])
def test_what_aws_denies_is_an_error(logs: Any, operation: str) -> None:
    error = {"Error": {"Code": "AccessDeniedException", "Message": "no"}}

    def refuse(**request: Any) -> Any:
        raise ClientError(error, operation)  # type: ignore[arg-type]

    event = f"before-call.cloudwatch-logs.{operation}"
    logs.meta.events.register_first(event, refuse)
    with pytest.raises(ClientError, match="AccessDenied"):
        handler({}, CONTEXT)
    logs.meta.events.unregister(event, refuse)
