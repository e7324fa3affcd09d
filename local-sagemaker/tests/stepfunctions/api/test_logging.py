"""Executions logged as their state machine's logging configuration asks."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.stepfunctions.api.machines import (
    ECHO,
    FAILING,
    ROLE,
    create_arn,
    finish,
    refusal,
    start,
    unique,
)


def create_group(logs: Any) -> str:
    """The ARN of a new log group, as a logging configuration names it."""
    name = unique("/states/logs")
    logs.create_log_group(logGroupName=name)
    (group,) = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return str(group["arn"]).removesuffix(":*") + ":*"


def configuration(*groups: str, **more: Any) -> dict[str, Any]:
    destinations = [{"cloudWatchLogsLogGroup": {"logGroupArn": group}} for group in groups]
    return {"destinations": destinations, **more}


def lines(logs: Any, group: str, count: int, seconds: float = 10) -> list[dict[str, Any]]:
    """What is logged of executions, once there are so many lines or the time is over."""
    name = group.removesuffix(":*").rpartition(":")[2]
    deadline = time.monotonic() + seconds
    found: list[dict[str, Any]] = []
    while len(found) < count and time.monotonic() < deadline:
        time.sleep(0.05)
        streams = logs.describe_log_streams(logGroupName=name)["logStreams"]
        named = [each["logStreamName"] for each in streams if "states/" in each["logStreamName"]]
        found = [
            json.loads(event["message"])
            for stream in named
            for event in logs.get_log_events(
                logGroupName=name, logStreamName=stream, startFromHead=True
            )["events"]
        ]
    return found


def test_configuration_is_told_with_its_defaults(sfn: Any, logs: Any) -> None:
    given = configuration(create_group(logs), level="ERROR")
    arn = create_arn(sfn, loggingConfiguration=given)
    told = sfn.describe_state_machine(stateMachineArn=arn)["loggingConfiguration"]
    assert told == given | {"includeExecutionData": False}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, {"level": "OFF", "includeExecutionData": False}),
        (
            {"destinations": []},
            {"destinations": [], "level": "OFF", "includeExecutionData": False},
        ),
    ],
)
def test_nothing_is_logged_unless_it_is_asked_for(
    sfn: Any, given: dict[str, Any], told: dict[str, Any]
) -> None:
    arn = create_arn(sfn, loggingConfiguration=given)
    assert sfn.describe_state_machine(stateMachineArn=arn)["loggingConfiguration"] == told


def test_there_is_one_log_group_which_exists(sfn: Any, logs: Any) -> None:
    group = create_group(logs)
    one = "Invalid Logging Configuration: Must specify exactly one Log Destination."
    missing = "Invalid Logging Configuration: Log Destination not found."
    for given, message in (
        ({"level": "ALL"}, one),
        (configuration(group, create_group(logs), level="ALL"), one),
        (configuration(group.replace("/states", "/missing"), level="ALL"), missing),
    ):
        request = {"name": unique("machine"), "definition": json.dumps(ECHO), "roleArn": ROLE}
        assert refusal(sfn.create_state_machine, **request, loggingConfiguration=given) == (
            "InvalidLoggingConfiguration",
            message,
        )


def test_change_of_logging_is_a_revision(sfn: Any, logs: Any) -> None:
    given = configuration(create_group(logs), level="ALL")
    arn = create_arn(sfn, loggingConfiguration=given)
    changed = given | {"level": "FATAL"}
    updated = sfn.update_state_machine(stateMachineArn=arn, loggingConfiguration=changed)
    again = sfn.update_state_machine(stateMachineArn=arn, loggingConfiguration=changed)
    assert updated["revisionId"] == again["revisionId"]


def test_lines_say_what_happened_and_where(sfn: Any, logs: Any) -> None:
    group = create_group(logs)
    given = configuration(group, level="ALL", includeExecutionData=True)
    execution = start(sfn, create_arn(sfn, loggingConfiguration=given), input='{"a": 1}')
    started, entered, _, succeeded = lines(logs, group, 4)
    assert int(started.pop("event_timestamp")) > 1_600_000_000_000
    assert started == {
        "id": "1",
        "type": "ExecutionStarted",
        "details": {
            "input": '{"a": 1}',
            "inputDetails": {"truncated": False},
            "roleArn": ROLE,
        },
        "previous_event_id": "0",
        "execution_arn": execution,
        "redrive_count": "0",
    }
    assert entered["details"]["name"] == "Echo"
    assert succeeded["details"]["output"] == '{"a":1}'


def test_data_is_logged_on_demand_only(sfn: Any, logs: Any) -> None:
    group = create_group(logs)
    given = configuration(group, level="ALL")
    start(sfn, create_arn(sfn, loggingConfiguration=given), input='{"a": 1}')
    details = [line["details"] for line in lines(logs, group, 4)]
    assert details == [{"roleArn": ROLE}, {"name": "Echo"}, {"name": "Echo"}, {}]


@pytest.mark.parametrize(
    ("level", "kinds"),
    [
        ("ALL", ["ExecutionStarted", "FailStateEntered", "ExecutionFailed"]),
        ("ERROR", ["FailStateEntered", "ExecutionFailed"]),
        ("FATAL", ["ExecutionFailed"]),
        ("OFF", []),
    ],
)
def test_level_chooses_what_is_logged(sfn: Any, logs: Any, level: str, kinds: list[str]) -> None:
    group = create_group(logs)
    given = configuration(group, level=level)
    finish(sfn, start(sfn, create_arn(sfn, FAILING, loggingConfiguration=given)))
    seconds = 10 if kinds else 0.5
    assert [line["type"] for line in lines(logs, group, len(kinds) or 1, seconds)] == kinds


def test_executions_of_a_state_machine_share_a_stream(sfn: Any, logs: Any) -> None:
    group = create_group(logs)
    machine = create_arn(sfn, loggingConfiguration=configuration(group, level="ALL"))
    started = [start(sfn, machine) for _ in range(3)]
    found = lines(logs, group, 12)
    assert {line["execution_arn"] for line in found} == set(started)
    name = group.removesuffix(":*").rpartition(":")[2]
    streams = logs.describe_log_streams(logGroupName=name)["logStreams"]
    assert len(streams) == 2  # that of Step Functions' trial, and one of executions


def test_express_executions_are_logged_too(sfn: Any, logs: Any) -> None:
    group = create_group(logs)
    given = configuration(group, level="ALL")
    execution = start(sfn, create_arn(sfn, type="EXPRESS", loggingConfiguration=given))
    assert {line["execution_arn"] for line in lines(logs, group, 4)} == {execution}


def test_execution_runs_without_its_log_group(sfn: Any, logs: Any) -> None:
    group = create_group(logs)
    machine = create_arn(sfn, loggingConfiguration=configuration(group, level="ALL"))
    logs.delete_log_group(logGroupName=group.removesuffix(":*").rpartition(":")[2])
    assert finish(sfn, start(sfn, machine))["status"] == "SUCCEEDED"
