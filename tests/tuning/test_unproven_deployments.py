"""What another execution has deployed may go again until it is proven."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.aws import unproven_deployments
from tuning.aws.run_folder import RunFolder
from tuning.aws.unproven_deployments import is_on_trial
from tuning.tags import app_tags
from tuning.variables.deployment import Deployment
from tuning.variables.recovery_record import RecoveryRecord

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import EARLIER, make_config, make_model
from tests.tuning.plans import ENVIRONMENT, EXECUTION
from tests.tuning.recorded import STARTED

CONFIG = "retune-of-another"
FOLDER = RunFolder(ENVIRONMENT.bucket, EARLIER.folder)


@pytest.fixture
def on_trial(account: Account, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Whether it is, with this answer of DescribeExecution for the execution that deployed it."""
    make_model(account, CONFIG, EARLIER)
    make_config(account, CONFIG, EARLIER)
    FOLDER.write(Deployment.FILE, Deployment(endpoint_config_name=CONFIG).to_document())

    def ask(status: str | None, config: str = CONFIG, own: str = EXECUTION.id) -> bool:
        execution = {"name": EARLIER.name, "status": status, "startDate": STARTED}
        described = execution if status else None
        monkeypatch.setattr(unproven_deployments, "describe_if_there", {EARLIER.id: described}.get)
        return is_on_trial(config, ENVIRONMENT, own)

    return ask


@pytest.mark.parametrize("status", ["RUNNING", "ABORTED", "FAILED", "TIMED_OUT"])
def test_config_of_an_execution_that_is_not_recovered_yet_is_on_trial(
    on_trial: Any, status: str
) -> None:
    assert on_trial(status)


@pytest.mark.parametrize("status", ["SUCCEEDED", None], ids=["succeeded", "forgotten"])
def test_config_of_an_execution_that_is_over_is_not(on_trial: Any, status: str | None) -> None:
    assert not on_trial(status)


def test_proof_ends_the_trial(on_trial: Any) -> None:
    proven = Deployment(endpoint_config_name=CONFIG, proven=True)
    FOLDER.write(Deployment.FILE, proven.to_document())
    assert not on_trial("RUNNING")


@pytest.mark.parametrize(
    "record", [f"recovery-{STARTED:%Y%m%dT%H%M%SZ}-0.json", RecoveryRecord.UNREAD]
)
def test_recovery_ends_the_trial_whatever_it_came_to(on_trial: Any, record: str) -> None:
    FOLDER.write(record, {"RecoveryId": "r", "Outcome": "Cancelled", "Complete": False})
    assert not on_trial("ABORTED")
    assert on_trial("RUNNING")


def test_config_of_another_deployment_is_not(on_trial: Any, account: Account) -> None:
    """Of `retune-prod`, whose executions no role of `retune` may look at."""
    arn = f"arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/{CONFIG}"
    account.client("sagemaker").add_tags(ResourceArn=arn, Tags=app_tags("retune-prod"))
    assert not on_trial("RUNNING")


def test_own_config_and_those_of_nobody_are_not_on_trial(on_trial: Any, account: Account) -> None:
    assert not on_trial("RUNNING", own=EARLIER.id)
    assert not on_trial("RUNNING", config="retune-gone")
    assert not on_trial("RUNNING", config="made-by-hand")
