"""How an execution that fails is told and redriven, on machines that call nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from retune.acceptance.events import listen
from retune.acceptance.machines import create_machine, history
from retune.acceptance.scenario import Observation, Scenario, equals
from retune.acceptance.stage import Stage

_ABORTED = ["MapStateAborted", "ParallelStateAborted", "WaitStateAborted"]
_SECONDS = 15  # that ExplainFailure waits for the history


def play(stage: Stage) -> Iterator[Observation]:
    machine = create_machine(stage, {"Both": _both()})
    heard = listen(
        stage,
        {
            "source": ["aws.states"],
            "detail-type": ["Step Functions Execution Status Change"],
            "detail": {"stateMachineArn": [machine], "status": ["FAILED"]},
        },
    )
    execution = stage.start({}, machine)
    stage.finish(execution)
    yield _history_is_there(stage, execution)
    yield equals("event-tells-error", "OnPurpose", heard.next().get("error"))
    events = history(stage, execution)
    aborted = {each["type"] for each in events if each["type"].endswith("StateAborted")}
    yield equals("redrive-within-a-state", _ABORTED, sorted(aborted))
    yield _redrive(stage, execution, len(events))
    yield _longest(stage)


def _both() -> dict[str, Any]:
    """One branch fails while others wait, in a Parallel and in a Map too, and one is done."""
    wait = _waits("Wait")
    nested = {"Type": "Parallel", "Branches": [_waits("Nested")], "End": True}
    within = {"StartAt": "Within", "States": {"Within": nested}}
    each = {"Type": "Map", "Items": [1], "ItemProcessor": _waits("Item"), "End": True}
    over = {"StartAt": "Over", "States": {"Over": each}}
    done = {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}
    fail: dict[str, Any] = {"Type": "Fail", "Error": "OnPurpose", "Cause": "In a branch."}
    pause = {"Type": "Wait", "Seconds": 2, "Next": "Fail"}
    branch = {"StartAt": "Pause", "States": {"Pause": pause, "Fail": fail}}
    return {"Type": "Parallel", "Branches": [wait, within, over, done, branch], "End": True}


def _waits(name: str) -> dict[str, Any]:
    return {"StartAt": name, "States": {name: {"Type": "Wait", "Seconds": 60, "End": True}}}


def _history_is_there(stage: Stage, execution: str) -> Observation:
    """The failure is in it, and the failed state's event leads to the state that was entered."""
    started = datetime.now(UTC)
    events = stage.until(
        "the failure in the history",
        lambda: (
            found if (found := history(stage, execution))[-1]["type"] == "ExecutionFailed" else None
        ),
    )
    seconds = (datetime.now(UTC) - started).total_seconds()
    by_id = {each["id"]: each for each in events}
    event = next(each for each in events if each["type"] == "FailStateEntered")
    while event["previousEventId"]:
        event = by_id[event["previousEventId"]]
    found = f"{event['type']} within {_SECONDS} s" if seconds < _SECONDS else f"{seconds:.0f} s"
    return equals("history-within-seconds", f"ParallelStateEntered within {_SECONDS} s", found)


def _redrive(stage: Stage, execution: str, before: int) -> Observation:
    stage.client("stepfunctions").redrive_execution(executionArn=execution)
    stage.finish(execution)
    later = history(stage, execution)[before:]
    entered = {each.get("stateEnteredEventDetails", {}).get("name") for each in later}
    seen = (later[0]["type"], sorted(entered & {"Both", "Done", "Pause"}))
    return equals("redrive-within-a-state", ("ExecutionRedriven", []), seen)


def _longest(stage: Stage) -> Observation:
    """A loop of one state."""
    states: dict[str, Any] = {
        "Loop": {
            "Type": "Choice",
            "Choices": [{"Condition": "{% false %}", "Next": "Done"}],
            "Default": "Loop",
        },
        "Done": {"Type": "Succeed"},
    }
    machine = create_machine(stage, states)
    ended = stage.finish(stage.start({}, machine))
    last = stage.client("stepfunctions").get_execution_history(
        executionArn=ended.arn, reverseOrder=True, maxResults=1
    )["events"][0]
    seen = json.dumps([ended.error, last["id"]])
    return equals("redrive-within-a-state", json.dumps(["States.Runtime", 25000]), seen)


SCENARIO = Scenario(
    name="failed-machines",
    about="how an execution that fails is told and redriven",
    claims=("history-within-seconds", "event-tells-error", "redrive-within-a-state"),
    minutes=20,
    play=play,
)
