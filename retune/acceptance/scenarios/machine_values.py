"""Variables and nested executions of Step Functions, on machines that call nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retune.acceptance.machines import create_machine
from retune.acceptance.scenario import Observation, Scenario, equals
from retune.acceptance.stage import Stage

_TEN_MIB_AND_MORE = 42  # states that assign 250 KB each


def play(stage: Stage) -> Iterator[Observation]:
    yield _variables(stage)
    yield _unassigned(stage)
    yield _nested(stage)


def _variables(stage: Stage) -> Observation:
    states: dict[str, Any] = {
        f"Assign{number}": {
            "Type": "Pass",
            "Assign": {f"v{number}": "{% $pad('', 250000, 'x') %}"},
            "Output": {},
            "Next": f"Assign{number + 1}",
        }
        for number in range(_TEN_MIB_AND_MORE)
    }
    states[f"Assign{_TEN_MIB_AND_MORE}"] = {"Type": "Succeed"}
    ended = stage.finish(stage.start({}, create_machine(stage, states)))
    return equals("variables-too-large", "States.DataLimitExceeded", ended.error or ended.status)


def _unassigned(stage: Stage) -> Observation:
    """In a Choice, and in what a state gives."""
    states: dict[str, Any] = {
        "Choose": {
            "Type": "Choice",
            "Choices": [{"Condition": "{% $exists($never) %}", "Next": "There"}],
            "Default": "NotThere",
        },
        "There": {"Type": "Succeed", "Output": {"choice": True}},
        "NotThere": {
            "Type": "Succeed",
            "Output": {"choice": False, "output": "{% $exists($never) %}"},
        },
    }
    ended = stage.finish(stage.start({}, create_machine(stage, states)))
    expected = {"choice": False, "output": False}
    return equals("unassigned-variable", expected, ended.output or ended.error)


def _nested(stage: Stage) -> Observation:
    child = create_machine(stage, {"Done": {"Type": "Succeed"}})
    states = {
        "Nested": {
            "Type": "Task",
            "Resource": f"arn:{stage.partition}:states:::states:startExecution.sync:2",
            "Arguments": {"StateMachineArn": child, "Input": {"number": 1}},
            "End": True,
        }
    }
    ended = stage.finish(stage.start({}, create_machine(stage, states)))
    seen = ended.output.get("Input", ended.cause)
    return equals("nested-input-as-json", {"number": 1}, seen)


SCENARIO = Scenario(
    name="machine-values",
    about="variables and nested executions of Step Functions",
    claims=("variables-too-large", "unassigned-variable", "nested-input-as-json"),
    minutes=10,
    play=play,
)
