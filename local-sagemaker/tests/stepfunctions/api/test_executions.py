"""Executions started, told, listed, stopped and redriven."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.stepfunctions.api.machines import (
    FAILING,
    SLOW,
    create_arn,
    finish,
    refusal,
    start,
    unique,
)


def test_description_says_input_output_and_that_all_went_well(sfn: Any) -> None:
    machine = create_arn(sfn)
    name = unique("execution.of")
    execution = start(sfn, machine, name=name, input='{"orders": [1, 2]}', traceHeader="Root=1")
    assert execution == f"{machine.replace('stateMachine', 'execution')}:{name}"
    told = finish(sfn, execution)
    assert told.pop("stopDate") >= told.pop("startDate")
    del told["ResponseMetadata"]
    assert told == {
        "executionArn": execution,
        "stateMachineArn": machine,
        "name": name,
        "status": "SUCCEEDED",
        "input": '{"orders": [1, 2]}',
        "inputDetails": {"included": True},
        "output": '{"orders":[1,2]}',
        "outputDetails": {"included": True},
        "traceHeader": "Root=1",
        "redriveCount": 0,
        "redriveStatus": "NOT_REDRIVABLE",
        "redriveStatusReason": "Execution is SUCCEEDED and cannot be redriven",
    }


def test_metadata_alone_goes_without_input_and_output(sfn: Any) -> None:
    execution = start(sfn, create_arn(sfn))
    finish(sfn, execution)
    told = sfn.describe_execution(executionArn=execution, includedData="METADATA_ONLY")
    assert "input" not in told
    assert "output" not in told
    assert told["inputDetails"] == told["outputDetails"] == {"included": False}


def test_failed_execution_says_why_and_can_be_redriven(sfn: Any) -> None:
    execution = start(sfn, create_arn(sfn, FAILING))
    told = finish(sfn, execution)
    assert (told["status"], told["error"], told["cause"]) == ("FAILED", "TooLate", "it is Sunday")
    assert told["redriveStatus"] == "REDRIVABLE"
    assert "redriveDate" in sfn.redrive_execution(executionArn=execution)
    told = finish(sfn, execution)
    assert told["redriveCount"] == 1
    assert told["redriveDate"] > told["startDate"]
    kinds = [each["type"] for each in sfn.get_execution_history(executionArn=execution)["events"]]
    assert kinds.count("ExecutionRedriven") == 1


@pytest.mark.parametrize("definition", ["running", "succeeded"])
def test_only_what_ended_badly_is_redriven(sfn: Any, definition: str) -> None:
    machine = create_arn(sfn, SLOW) if definition == "running" else create_arn(sfn)
    execution = start(sfn, machine)
    if definition == "succeeded":
        finish(sfn, execution)
    assert refusal(sfn.redrive_execution, executionArn=execution) == (
        "ExecutionNotRedrivable",
        f"Execution is {definition.upper()} and cannot be redriven",
    )
    sfn.stop_execution(executionArn=execution)


def test_start_is_repeated_while_the_execution_runs_on_the_same_input(sfn: Any) -> None:
    machine, name = create_arn(sfn, SLOW), unique("execution")
    first = sfn.start_execution(stateMachineArn=machine, name=name, input='{"a": 1}')
    again = sfn.start_execution(stateMachineArn=machine, name=name, input='{"a": 1}')
    assert (first["executionArn"], first["startDate"]) == (
        again["executionArn"],
        again["startDate"],
    )
    taken = (
        "ExecutionAlreadyExists",
        f"Execution Already Exists: '{first['executionArn']}'",
    )
    request = {"stateMachineArn": machine, "name": name}
    assert refusal(sfn.start_execution, **request, input='{"a": 2}') == taken
    sfn.stop_execution(executionArn=first["executionArn"])
    assert refusal(sfn.start_execution, **request, input='{"a": 1}') == taken


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ("", "Invalid execution input."),
        (
            "not some json",
            "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token "
            "'null', 'true' or 'false')",
        ),
        (
            "{'not': 'json'",
            "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
        ),
    ],
)
def test_input_is_json(sfn: Any, given: str, complaint: str) -> None:
    assert refusal(sfn.start_execution, stateMachineArn=create_arn(sfn), input=given) == (
        "InvalidExecutionInput",
        f"Invalid State Machine Execution Input: '{complaint}'",
    )


@pytest.mark.parametrize("given", ["2", '"some text"', "null", "[]"])
def test_input_is_json_of_any_type(sfn: Any, given: str) -> None:
    assert finish(sfn, start(sfn, create_arn(sfn), input=given))["output"] == given


@pytest.mark.parametrize("letter", ["é", "x"])
def test_input_is_of_at_most_so_many_bytes(sfn: Any, letter: str) -> None:
    machine = create_arn(sfn)
    longest = letter * ((262_144 - 2) // len(letter.encode()))
    start(sfn, machine, input=json.dumps(longest, ensure_ascii=False))
    request = {
        "stateMachineArn": machine,
        "input": json.dumps(longest + letter, ensure_ascii=False),
    }
    code, message = refusal(sfn.start_execution, **request)
    assert code == "ValidationException"
    assert message.endswith("Member must have length less than or equal to 262144")


def test_execution_of_a_state_machine_that_is_not_there_is_refused(sfn: Any) -> None:
    missing = create_arn(sfn) + "-missing"
    for call in (sfn.start_execution, sfn.list_executions):
        assert refusal(call, stateMachineArn=missing) == (
            "StateMachineDoesNotExist",
            f"State Machine Does Not Exist: '{missing}'",
        )


def test_stopped_execution_has_the_given_error_and_cause(sfn: Any) -> None:
    execution = start(sfn, create_arn(sfn, SLOW))
    stopped = sfn.stop_execution(executionArn=execution, error="Enough", cause="we close")
    told = finish(sfn, execution)
    assert (told["status"], told["error"], told["cause"]) == ("ABORTED", "Enough", "we close")
    assert told["stopDate"] == stopped["stopDate"]
    again = sfn.stop_execution(executionArn=execution, error="Other")
    assert again["stopDate"] == stopped["stopDate"]
    assert finish(sfn, execution)["error"] == "Enough"


def test_executions_are_listed_from_the_newest_on_in_pages(sfn: Any) -> None:
    machine = create_arn(sfn)
    started = [start(sfn, machine) for _ in range(5)]
    for execution in started:
        finish(sfn, execution)
    first = sfn.list_executions(stateMachineArn=machine, maxResults=3)
    start(sfn, machine)
    rest = sfn.list_executions(stateMachineArn=machine, nextToken=first["nextToken"])
    listed = [*first["executions"], *rest["executions"]]
    assert [each["executionArn"] for each in listed] == started[::-1]
    assert set(listed[0]) == {
        "executionArn",
        "stateMachineArn",
        "name",
        "status",
        "startDate",
        "stopDate",
        "redriveCount",
    }
    whole = sfn.list_executions(stateMachineArn=machine, maxResults=0)
    assert len(whole["executions"]) == 6
    assert "nextToken" not in whole


def test_list_is_filtered_by_status(sfn: Any) -> None:
    machine = create_arn(sfn)
    execution = start(sfn, machine)
    finish(sfn, execution)

    def listed(status: str) -> list[str]:
        found = sfn.list_executions(stateMachineArn=machine, statusFilter=status)["executions"]
        return [each["executionArn"] for each in found]

    assert listed("SUCCEEDED") == [execution]
    assert listed("RUNNING") == []
    request = {"stateMachineArn": machine, "statusFilter": "succeeded"}
    assert refusal(sfn.list_executions, **request) == (
        "ValidationException",
        "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy "
        "constraint: Member must satisfy enum value set: "
        "[SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    )


def test_executions_of_a_deleted_state_machine_stay(sfn: Any) -> None:
    name = unique("machine")
    machine = create_arn(sfn, name=name)
    execution = start(sfn, machine, name="first")
    finish(sfn, execution)
    sfn.delete_state_machine(stateMachineArn=machine)
    assert finish(sfn, execution)["status"] == "SUCCEEDED"
    create_arn(sfn, name=name)
    assert sfn.list_executions(stateMachineArn=machine)["executions"] == []
    start(sfn, machine, name="first")


def test_list_is_of_a_state_machine_or_of_a_map_run(sfn: Any) -> None:
    code, message = refusal(sfn.list_executions)
    assert (code, message) == (
        "ValidationException",
        "Must provide either State Machine ARN or Map Run ARN",
    )
    run = "arn:aws:states:us-east-1:123456789012:mapRun:machine/Map:1"
    assert refusal(sfn.list_executions, mapRunArn=run)[0] == "ResourceNotFound"


def test_execution_that_is_not_there_is_refused(sfn: Any) -> None:
    missing = start(sfn, create_arn(sfn)) + "-missing"
    for call in (
        sfn.describe_execution,
        sfn.get_execution_history,
        sfn.stop_execution,
        sfn.redrive_execution,
        sfn.describe_state_machine_for_execution,
        sfn.list_map_runs,
    ):
        assert refusal(call, executionArn=missing) == (
            "ExecutionDoesNotExist",
            f"Execution Does Not Exist: '{missing}'",
        )
