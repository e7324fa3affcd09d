"""State machines of the EXPRESS type, whose executions are answered and forgotten."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.stepfunctions.api.machines import FAILING, create_arn, refusal, start

NOT_FOR_THIS_TYPE = (
    "StateMachineTypeNotSupported",
    "This operation is not supported by this type of state machine",
)


@pytest.fixture(scope="module")
def machine(sfn: Any) -> str:
    return create_arn(sfn, type="EXPRESS")


def test_synchronous_execution_is_answered_when_it_has_ended(sfn: Any, machine: str) -> None:
    told = sfn.start_sync_execution(stateMachineArn=machine, name="one", input='{"a": 1}')
    assert told["executionArn"].startswith(machine.replace("stateMachine", "express") + ":one:")
    assert told["stateMachineArn"] == machine
    assert (told["name"], told["status"]) == ("one", "SUCCEEDED")
    assert (told["input"], told["output"]) == ('{"a": 1}', '{"a":1}')
    assert told["inputDetails"] == told["outputDetails"] == {"included": True}
    assert told["stopDate"] >= told["startDate"]
    assert told["billingDetails"] == {
        "billedDurationInMilliseconds": 100,
        "billedMemoryUsedInMB": 64,
    }


def test_metadata_alone_goes_without_input_and_output(sfn: Any, machine: str) -> None:
    told = sfn.start_sync_execution(stateMachineArn=machine, includedData="METADATA_ONLY")
    assert told["inputDetails"] == told["outputDetails"] == {"included": False}
    assert not {"input", "output"} & set(told)


def test_synchronous_execution_that_fails_says_why(sfn: Any) -> None:
    told = sfn.start_sync_execution(stateMachineArn=create_arn(sfn, FAILING, type="EXPRESS"))
    assert (told["status"], told["error"], told["cause"]) == ("FAILED", "TooLate", "it is Sunday")
    assert "output" not in told


def test_clients_of_the_environment_ask_this_server(local_aws: LocalAws, machine: str) -> None:
    """boto3 puts `sync-` before the host of StartSyncExecution unless it is told not to."""
    call = "import boto3, sys; boto3.client('stepfunctions').start_sync_execution"
    command = [sys.executable, "-c", f"{call}(stateMachineArn=sys.argv[1])", machine]
    subprocess.run(command, env=local_aws.environment(), check=True)


def test_names_need_not_differ(sfn: Any, machine: str) -> None:
    assert start(sfn, machine, name="same") != start(sfn, machine, name="same")


def test_executions_are_not_kept(sfn: Any, machine: str) -> None:
    execution = start(sfn, machine)
    assert refusal(sfn.list_executions, stateMachineArn=machine) == NOT_FOR_THIS_TYPE
    for call in (sfn.describe_execution, sfn.stop_execution, sfn.get_execution_history):
        assert refusal(call, executionArn=execution) == (
            "InvalidArn",
            "Invalid Arn: 'Resource type not valid in this context: express'",
        )


def test_standard_executions_are_not_waited_for(sfn: Any) -> None:
    request = {"stateMachineArn": create_arn(sfn)}
    assert refusal(sfn.start_sync_execution, **request) == NOT_FOR_THIS_TYPE
