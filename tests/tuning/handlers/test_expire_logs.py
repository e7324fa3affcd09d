"""ExpireLogs: logs of SageMaker are kept as long as the setting says."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from tuning.aws import clients
from tuning.handlers.expire_logs import handler

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import deploy
from tests.tuning.lambda_context import CONTEXT

JOBS, ENDPOINTS = "/aws/sagemaker/TrainingJobs", "/aws/sagemaker/Endpoints"
OURS = [f"{ENDPOINTS}/retune", f"{ENDPOINTS}/retune-bank"]
OF_OTHERS = [f"{JOBS}Other", f"{ENDPOINTS}/retuned", f"{ENDPOINTS}/shop", "/aws/lambda/retune"]


@pytest.fixture
def logs(account: Account) -> Any:
    """CloudWatch Logs with groups that keep everything for ever, as SageMaker makes them."""
    made = clients.client("logs")
    for name in [JOBS, *OURS, *OF_OTHERS]:
        made.create_log_group(logGroupName=name)
    return made


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENDPOINT_LOG_RETENTION_DAYS", "30")


def kept(logs: Any) -> dict[str, int | None]:
    groups = logs.describe_log_groups()["logGroups"]
    return {group["logGroupName"]: group.get("retentionInDays") for group in groups}


def test_groups_of_the_apps_endpoints_expire_and_no_other(logs: Any) -> None:
    assert sorted(handler({}, CONTEXT)["Changed"]) == sorted(OURS)
    assert kept(logs) == dict.fromkeys(OURS, 30) | dict.fromkeys([JOBS, *OF_OTHERS])


def test_groups_of_jobs_which_the_account_shares_have_a_setting_of_their_own(
    logs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ENDPOINT_LOG_RETENTION_DAYS")
    monkeypatch.setenv("ACCOUNT_JOB_LOG_RETENTION_DAYS", "90")
    assert handler({}, CONTEXT) == {"Changed": [JOBS]}
    assert kept(logs) == {JOBS: 90} | dict.fromkeys([*OURS, *OF_OTHERS])


def test_group_of_an_endpoint_that_another_deployment_has_made_stays(
    logs: Any, account: Account
) -> None:
    """`retune-prod` is the endpoint of the deployment of this prefix."""
    deploy(account, "theirs", prefix="retune-prod", endpoint="retune-prod")
    logs.create_log_group(logGroupName=f"{ENDPOINTS}/retune-prod")
    handler({}, CONTEXT)
    assert kept(logs)[f"{ENDPOINTS}/retune-prod"] is None


def test_only_what_is_kept_for_another_time_is_changed(logs: Any) -> None:
    handler({}, CONTEXT)
    logs.put_retention_policy(logGroupName=OURS[0], retentionInDays=365)
    assert handler({}, CONTEXT) == {"Changed": [OURS[0]]}


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
