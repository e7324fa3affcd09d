"""What handlers find in the account: the state machine, and what PlanTuning is told."""

from __future__ import annotations

import json

import pytest
from tuning.names import state_machine_arn

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import ROLE
from tests.tuning.plans import ENVIRONMENT, EXECUTION


@pytest.fixture
def machine(account: Account) -> str:
    """The state machine, of which no execution runs."""
    states = {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}
    made = account.client("stepfunctions").create_state_machine(
        name="retune", definition=json.dumps(states), roleArn=ROLE
    )
    assert made["stateMachineArn"] == state_machine_arn(EXECUTION.id)
    return str(made["stateMachineArn"])


@pytest.fixture
def bucket(account: Account, monkeypatch: pytest.MonkeyPatch) -> Account:
    """The data bucket, and what else PlanTuning reads from its environment."""
    monkeypatch.setenv("ALARM_NAMES", "[]")
    monkeypatch.setenv("PREPARATION_PROGRAM", "s3://data-bucket/prepare.pyz")
    monkeypatch.setenv("TRAINING_ROLE_ARN", ENVIRONMENT.training_role_arn)
    return account
