from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ParamValidationError

from tests.moto_faults.clients import client
from tests.moto_faults.machine import create_machine, finish


def distributed(state: dict[str, Any], **more: Any) -> dict[str, Any]:
    config = {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}
    processor = {"ProcessorConfig": config, "StartAt": "One", "States": {"One": state}}
    return {"Each": {"Type": "Map", "ItemProcessor": processor, "End": True} | more}


def started(states: dict[str, Any], given: str = "[1, 2]") -> str:
    machine = create_machine(states)
    begun = client("stepfunctions").start_execution(
        stateMachineArn=machine, name="run", input=given
    )
    return str(begun["executionArn"])


def test_a_distributed_map_tolerates_every_failure() -> None:
    ended = finish(started(distributed({"Type": "Fail"})))
    assert (ended["status"], json.loads(ended["output"])) == ("SUCCEEDED", [None, None])


def test_iterations_of_a_distributed_map_are_no_executions() -> None:
    execution = started(distributed({"Type": "Succeed"}))
    assert finish(execution)["status"] == "SUCCEEDED"
    states = client("stepfunctions")
    (run,) = states.list_map_runs(executionArn=execution)["mapRuns"]
    with pytest.raises(Exception) as fault:  # noqa: PT011 - whatever moto stumbles over
        states.list_executions(mapRunArn=run["mapRunArn"])
    assert not isinstance(fault.value, ParamValidationError)
