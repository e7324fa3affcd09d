"""An execution from its start to its end, which may come from outside, and what follows."""

from __future__ import annotations

import time
from typing import Any

from local_sagemaker.stepfunctions.engine.execution import Execution

from tests.stepfunctions.engine.running import (
    ARN,
    chain,
    details,
    end,
    kinds,
    machine,
    run,
    started,
)

LONG = {"Wait": {"Type": "Wait", "Seconds": 3_600_000, "End": True}}


def test_stop_ends_it_at_once_with_error_and_cause() -> None:
    execution = started(LONG)
    stopped = execution.stop("Enough", "of this")
    assert (execution.status, execution.error, execution.cause) == ("ABORTED", "Enough", "of this")
    assert execution.stop_date == stopped
    assert chain(execution)[-1] == f"{len(execution.history.events)}<0 ExecutionAborted"
    assert details(execution, "ExecutionAborted") == [{"error": "Enough", "cause": "of this"}]


def test_nothing_is_written_after_a_stop() -> None:
    short = machine({"Wait": {"Type": "Wait", "Seconds": 200, "End": True}})
    execution = started({"Box": {"Type": "Parallel", "Branches": [short, short], "End": True}})
    while kinds(execution).count("WaitStateEntered") < 2:
        time.sleep(0.01)
    execution.stop()
    time.sleep(0.4)
    assert kinds(execution)[-1] == "ExecutionAborted"


def test_a_second_end_changes_nothing() -> None:
    execution = run({"A": end()})
    ended = execution.stop_date
    assert execution.stop("Late", None) == ended
    assert (execution.status, execution.error) == ("SUCCEEDED", None)


def test_time_limit_of_the_machine_ends_it() -> None:
    execution = run(LONG, TimeoutSeconds=1)
    assert execution.status == "TIMED_OUT"
    assert kinds(execution)[-1] == "ExecutionTimedOut"


def test_eventbridge_is_told_start_and_end() -> None:
    told: list[tuple[str, str, dict[str, Any]]] = []
    execution = started({"A": end(Result=1)}, {"a": 1}, emit=lambda *event: told.append(event))
    execution.join(5)
    assert [(region, arn) for region, arn, _ in told] == [("us-east-1", execution.arn)] * 2
    begun, over = (detail for _, _, detail in told)
    assert begun == {
        "executionArn": execution.arn,
        "stateMachineArn": ARN,
        "name": "run",
        "status": "RUNNING",
        "startDate": int(execution.start_date.timestamp() * 1000),
        "stopDate": None,
        "input": '{"a":1}',
        "output": None,
        "stateMachineVersionArn": None,
        "stateMachineAliasArn": None,
        "redriveCount": 0,
        "redriveDate": None,
        "redriveStatus": "NOT_REDRIVABLE",
        "redriveStatusReason": "Execution is RUNNING and cannot be redriven",
        "inputDetails": {"included": True},
        "outputDetails": None,
        "error": None,
        "cause": None,
    }
    assert (over["status"], over["output"], over["outputDetails"]) == (
        "SUCCEEDED", "1", {"included": True},
    )  # fmt: skip


# Finds nothing in the first run, and 7 after a redrive.
BROKEN = {
    "Type": "Pass",
    "Parameters": {"n.$": "States.ArrayGetItem($.items, $$.Execution.RedriveCount)"},
    "OutputPath": "$.n.found",
    "End": True,
}
ITEMS = {"items": [{}, {"found": 7}]}


def redriven(states: dict[str, Any]) -> tuple[Execution, list[str]]:
    """The execution after it has failed, was redriven and has ended; its events since."""
    execution = run(states, ITEMS)
    assert execution.error == "States.Runtime"
    before = len(execution.history.events)
    execution.redrive()
    assert execution.join(5)
    return execution, kinds(execution)[before:]


def test_redrive_goes_on_from_the_state_that_failed() -> None:
    first = {"Type": "Pass", "Assign": {"x": 1}, "Next": "Look"}
    execution, after = redriven({"First": first, "Look": BROKEN})
    assert (execution.status, execution.output) == ("SUCCEEDED", 7)
    assert after == ["ExecutionRedriven", "PassStateExited", "ExecutionSucceeded"]
    assert details(execution, "ExecutionRedriven") == [{"redriveCount": 1}]
    assert (execution.error, execution.cause, execution.redrive_count) == (None, None, 1)


def test_redrive_leaves_alone_the_branches_that_have_succeeded() -> None:
    pause = {"Type": "Wait", "Seconds": 100, "Next": "Look"}
    branches = [machine({"Good": end(Result="good")}), machine({"Pause": pause, "Look": BROKEN})]
    execution, after = redriven({"Box": {"Type": "Parallel", "Branches": branches, "End": True}})
    assert (execution.status, execution.output) == ("SUCCEEDED", ["good", 7])
    assert after == [
        "ExecutionRedriven",
        "ParallelStateStarted",
        "PassStateExited",
        "ParallelStateSucceeded",
        "ParallelStateExited",
        "ExecutionSucceeded",
    ]


def test_redrive_leaves_alone_the_iterations_that_have_succeeded() -> None:
    is_one = {"Variable": "$$.Map.Item.Index", "NumericEquals": 1, "Next": "Look"}
    which = {"Type": "Choice", "Choices": [is_one], "Default": "Fine"}
    states = machine({"Which": which, "Look": BROKEN, "Fine": {"Type": "Pass", "End": True}})
    items = {"ItemsPath": "$.items", "ItemSelector": {"items.$": "$.items"}, "MaxConcurrency": 1}
    each = {"Type": "Map", "ItemProcessor": states, **items, "OutputPath": "$[1]", "End": True}
    execution, after = redriven({"Each": each})
    assert (execution.status, execution.output) == ("SUCCEEDED", 7)
    assert after == [
        "ExecutionRedriven",
        "MapStateStarted",
        "MapIterationStarted",
        "PassStateExited",
        "MapIterationSucceeded",
        "MapStateSucceeded",
        "MapStateExited",
        "ExecutionSucceeded",
    ]


def test_redrive_of_a_stopped_execution_waits_again() -> None:
    execution = started(LONG)
    while "WaitStateEntered" not in kinds(execution):
        time.sleep(0.01)
    execution.stop()
    execution.redrive()
    assert execution.status == "RUNNING"
    assert execution.redrive_status == (
        "NOT_REDRIVABLE", "Execution is RUNNING and cannot be redriven",
    )  # fmt: skip
    execution.stop()
    assert kinds(execution).count("WaitStateEntered") == 1


def test_a_history_has_25000_events_at_most() -> None:
    execution = run({"Round": {"Type": "Pass", "Next": "Round"}})
    assert (execution.status, execution.error) == ("FAILED", "States.Runtime")
    assert execution.cause == "The execution reached the maximum number of history events (25000)."
    assert len(execution.history.events) == 25_000
