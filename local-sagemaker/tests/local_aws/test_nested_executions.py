"""A workflow within a workflow: states:startExecution, .sync and .sync:2."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.machine import create_machine, finish, history, jsonata, run, start

WAITING = jsonata({"Wait": {"Type": "Wait", "Seconds": 600, "End": True}})
FAILING = jsonata({"No": {"Type": "Fail", "Error": "TooBad", "Cause": "it is"}})


def task(machine: str, form: str = ".sync:2", **arguments: Any) -> dict[str, Any]:
    return {
        "Type": "Task",
        "Resource": f"arn:aws:states:::states:startExecution{form}",
        "Arguments": {"StateMachineArn": machine, **arguments},
        "End": True,
    }


def parent_of(local_aws: LocalAws, child: dict[str, Any], form: str = ".sync:2") -> dict[str, Any]:
    """A machine whose only state runs the child with the parent's input."""
    machine = create_machine(local_aws, child)
    return jsonata({"Run": task(machine, form, Input="{% $states.input %}")})


def child_of(local_aws: LocalAws, parent: str) -> str:
    """The execution that a running parent has started."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for event in history(local_aws, parent):
            if event["type"] == "TaskSubmitted":
                output = json.loads(event["taskSubmittedEventDetails"]["output"])
                return str(output["ExecutionArn"])
    raise AssertionError("the parent started no child")


@pytest.mark.parametrize("form", [".sync", ".sync:2"])
def test_parent_gets_the_childs_description(local_aws: LocalAws, form: str) -> None:
    echo = jsonata({"Done": {"Type": "Succeed", "Output": {"got": "{% $states.input.a %}"}}})
    output = run(local_aws, parent_of(local_aws, echo, form), {"a": "u"})["output"]
    child = finish(local_aws, output["ExecutionArn"])
    as_text = form == ".sync"
    assert output == {
        "ExecutionArn": child["executionArn"],
        "Input": '{"a":"u"}' if as_text else {"a": "u"},
        "InputDetails": {"Included": True},
        "Name": child["name"],
        "Output": '{"got":"u"}' if as_text else {"got": "u"},
        "OutputDetails": {"Included": True},
        "RedriveCount": 0,
        "RedriveStatus": "NOT_REDRIVABLE",
        "RedriveStatusReason": "Execution is SUCCEEDED and cannot be redriven",
        "StartDate": int(child["startDate"].timestamp() * 1000),
        "StateMachineArn": child["stateMachineArn"],
        "Status": "SUCCEEDED",
        "StopDate": int(child["stopDate"].timestamp() * 1000),
    }


def test_parent_that_does_not_wait_goes_on_at_once(local_aws: LocalAws) -> None:
    output = run(local_aws, parent_of(local_aws, WAITING, ""))["output"]
    assert list(output) == [
        "ExecutionArn", "SdkHttpMetadata", "SdkResponseMetadata", "StartDate",
    ]  # fmt: skip
    client = local_aws.client("stepfunctions")
    child = client.describe_execution(executionArn=output["ExecutionArn"])
    assert child["status"] == "RUNNING"
    client.stop_execution(executionArn=output["ExecutionArn"])


def test_input_is_json_or_text_and_the_name_is_the_tasks(local_aws: LocalAws) -> None:
    machine = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    name = f"mine-{uuid.uuid4().hex[:6]}"
    named = jsonata({"Run": task(machine, Input='{"a": [1]}', Name=name)})
    output = run(local_aws, named)["output"]
    assert (output["Output"], output["Name"]) == ({"a": [1]}, name)
    unnamed = run(local_aws, jsonata({"Run": task(machine)}))["output"]
    assert unnamed["Output"] == {}
    assert uuid.UUID(unnamed["Name"])


def test_jsonpath_parent_tells_the_child_who_started_it(local_aws: LocalAws) -> None:
    machine = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    started_by = "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"
    state = task(machine) | {
        "Parameters": {
            "StateMachineArn.$": "$.machine",
            "Input": {f"{started_by}.$": "$$.Execution.Id", "b": 2},
        },
        "OutputPath": "$.Output",
    }
    del state["Arguments"]
    parent = run(local_aws, {"StartAt": "Run", "States": {"Run": state}}, {"machine": machine})
    assert parent["output"] == {started_by: parent["executionArn"], "b": 2}


@pytest.mark.parametrize("form", [".sync", ".sync:2"])
def test_failed_child_fails_the_task_with_its_description(local_aws: LocalAws, form: str) -> None:
    ended = run(local_aws, parent_of(local_aws, FAILING, form), {"a": 1})
    assert (ended["status"], ended["error"]) == ("FAILED", "States.TaskFailed")
    cause = json.loads(ended["cause"])
    child = finish(local_aws, cause["ExecutionArn"])
    expected = {
        "Cause": "it is",
        "Error": "TooBad",
        "ExecutionArn": child["executionArn"],
        "Input": '{"a":1}',
        "InputDetails": {"Included": True},
        "Name": child["name"],
        "RedriveCount": 0,
        "RedriveStatus": "REDRIVABLE",
        "StartDate": int(child["startDate"].timestamp() * 1000),
        "StateMachineArn": child["stateMachineArn"],
        "Status": "FAILED",
        "StopDate": int(child["stopDate"].timestamp() * 1000),
    }
    assert ended["cause"] == json.dumps(expected, separators=(",", ":"))


def test_child_that_times_out_fails_the_task_without_an_error_of_its_own(
    local_aws: LocalAws,
) -> None:
    ended = run(local_aws, parent_of(local_aws, WAITING | {"TimeoutSeconds": 1}))
    cause = json.loads(ended["cause"])
    assert (ended["error"], cause["Status"]) == ("States.TaskFailed", "TIMED_OUT")
    assert not {"Error", "Cause"} & set(cause)


def test_childs_own_error_is_not_the_tasks(local_aws: LocalAws) -> None:
    parent = parent_of(local_aws, FAILING)
    parent["States"]["Run"]["Catch"] = [
        {"ErrorEquals": ["TooBad"], "Next": "Named"},
        {"ErrorEquals": ["States.TaskFailed"], "Next": "Caught"},
    ]
    parent["States"] |= {
        "Named": {"Type": "Fail"},
        "Caught": {"Type": "Succeed", "Output": "{% $parse($states.input.Cause).Error %}"},
    }
    assert run(local_aws, parent)["output"] == "TooBad"


def test_stopped_child_fails_the_task(local_aws: LocalAws) -> None:
    parent = start(local_aws, parent_of(local_aws, WAITING))
    local_aws.client("stepfunctions").stop_execution(
        executionArn=child_of(local_aws, parent), error="Enough", cause="of this"
    )
    ended = finish(local_aws, parent)
    cause = json.loads(ended["cause"])
    assert ended["error"] == "States.TaskFailed"
    assert [cause[name] for name in ("Status", "Error", "Cause")] == [
        "ABORTED", "Enough", "of this",
    ]  # fmt: skip


@pytest.mark.parametrize("form", [".sync", ".sync:2"])
def test_stopped_parent_stops_its_child(local_aws: LocalAws, form: str) -> None:
    parent = start(local_aws, parent_of(local_aws, WAITING, form))
    child = child_of(local_aws, parent)
    local_aws.client("stepfunctions").stop_execution(executionArn=parent)
    assert finish(local_aws, child)["status"] == "ABORTED"
    assert finish(local_aws, parent)["status"] == "ABORTED"


def test_time_limit_of_the_task_stops_the_child(local_aws: LocalAws) -> None:
    machine = parent_of(local_aws, WAITING)
    machine["States"]["Run"]["TimeoutSeconds"] = 2
    parent = start(local_aws, machine)
    child = child_of(local_aws, parent)
    assert finish(local_aws, parent)["error"] == "States.Timeout"
    assert finish(local_aws, child)["status"] == "ABORTED"


def test_history_names_the_task_as_aws_does(local_aws: LocalAws) -> None:
    execution = start(local_aws, parent_of(local_aws, jsonata({"Done": {"Type": "Succeed"}})))
    finish(local_aws, execution)
    events = history(local_aws, execution)
    assert [event["type"] for event in events] == [
        "ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted",
        "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded",
    ]  # fmt: skip
    for event in events[2:6]:
        (details,) = (event[name] for name in event if name.endswith("EventDetails"))
        assert details["resource"] == "startExecution.sync:2"
        assert details["resourceType"] == "states"
    scheduled = json.loads(events[2]["taskScheduledEventDetails"]["parameters"])
    assert scheduled["Input"] == {}


def test_missing_machine_is_the_tasks_error(local_aws: LocalAws) -> None:
    absent = "arn:aws:states:us-east-1:123456789012:stateMachine:absent"
    ended = run(local_aws, jsonata({"Run": task(absent)}))
    assert ended["error"] == "StepFunctions.StateMachineDoesNotExistException"
    assert absent in ended["cause"]
    assert "Service: AWSStepFunctions; Status Code: 400" in ended["cause"]


def test_name_that_another_execution_has_is_the_tasks_error(local_aws: LocalAws) -> None:
    machine = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    twice = jsonata({"First": task(machine, Name="one"), "Again": task(machine, Name="one")})
    twice["States"]["First"] |= {"Next": "Again"}
    del twice["States"]["First"]["End"]
    twice["States"]["Again"]["Arguments"]["Input"] = {"another": "input"}
    assert run(local_aws, twice)["error"] == "StepFunctions.ExecutionAlreadyExistsException"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"Input": {}}, "'StateMachineArn' is required but was missing"),
        ({"StateMachineArn": "x", "Inputs": {}}, '"Inputs" is not supported by Step Functions'),
    ],
)
def test_wrong_fields_are_refused_at_creation(
    local_aws: LocalAws, arguments: dict[str, Any], problem: str
) -> None:
    state = task("") | {"Arguments": arguments}
    with pytest.raises(ClientError, match=problem) as refused:
        create_machine(local_aws, jsonata({"Run": state}))
    assert refused.value.response["Error"]["Code"] == "InvalidDefinition"


def test_wrong_fields_of_one_expression_fail_the_execution(local_aws: LocalAws) -> None:
    state = task("") | {"Arguments": "{% $states.input %}"}
    ended = run(local_aws, jsonata({"Run": state}), {"Input": {}})
    assert ended["error"] == "States.Runtime"
    assert "'StateMachineArn' is required" in ended["cause"]
