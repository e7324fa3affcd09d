"""The state machine whose executions the handlers ask for."""

from __future__ import annotations

import json

import pytest
from tuning.names import state_machine_arn

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import ROLE
from tests.tuning.plans import EXECUTION


@pytest.fixture
def machine(account: Account) -> str:
    """The state machine, of which no execution runs."""
    states = {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}
    made = account.client("stepfunctions").create_state_machine(
        name="retune", definition=json.dumps(states), roleArn=ROLE
    )
    assert made["stateMachineArn"] == state_machine_arn(EXECUTION.id)
    return str(made["stateMachineArn"])
