"""Activities, and the tasks that workers fetch from them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.stepfunctions.api.machines import create_arn, finish, refusal, start, unique


def create_activity(sfn: Any) -> str:
    return str(sfn.create_activity(name=unique("activity"))["activityArn"])


def waiting_machine(sfn: Any, activity: str) -> str:
    task = {"Type": "Task", "Resource": activity, "End": True}
    return create_arn(sfn, {"StartAt": "Ask", "States": {"Ask": task}})


@pytest.mark.parametrize("name", ["Activity1", "activity-name_1", "activity.name.v2", "a" * 80])
def test_activity_is_told_as_it_was_made(sfn: Any, name: str) -> None:
    created = sfn.create_activity(name=name)
    again = sfn.create_activity(name=name)
    assert created["activityArn"] == again["activityArn"]
    assert created["activityArn"].endswith(f":activity:{name}")
    told = sfn.describe_activity(activityArn=created["activityArn"])
    assert told["name"] == name
    assert told["creationDate"] == created["creationDate"] == again["creationDate"]
    sfn.delete_activity(activityArn=created["activityArn"])
    sfn.delete_activity(activityArn=created["activityArn"])


@pytest.mark.parametrize("letter", [*' <>{}[]?*"#%\\^|~`$&,;:/', "\x00", "\x1f", "\x7f"])
def test_names_lack_some_characters(sfn: Any, letter: str) -> None:
    name = f"activity{letter}name"
    assert refusal(sfn.create_activity, name=name) == ("InvalidName", f"Invalid Name: '{name}'")


def test_deleted_activity_is_gone(sfn: Any) -> None:
    activity = create_activity(sfn)
    sfn.delete_activity(activityArn=activity)
    for call in (sfn.describe_activity, sfn.get_activity_task):
        assert refusal(call, activityArn=activity) == (
            "ActivityDoesNotExist",
            f"Activity Does Not Exist: '{activity}'",
        )


def test_activities_are_listed_in_pages(sfn: Any) -> None:
    made = {create_activity(sfn) for _ in range(3)}
    pages = sfn.get_paginator("list_activities").paginate(PaginationConfig={"PageSize": 2})
    listed = [each["activityArn"] for page in pages for each in page["activities"]]
    assert made <= set(listed)
    assert len(listed) == len(set(listed))


def test_worker_gets_the_input_and_answers_with_the_output(sfn: Any) -> None:
    activity = create_activity(sfn)
    execution = start(sfn, waiting_machine(sfn, activity), input='{"order": 7}')
    task = sfn.get_activity_task(activityArn=activity, workerName="desk")
    assert json.loads(task["input"]) == {"order": 7}
    sfn.send_task_heartbeat(taskToken=task["taskToken"])
    sfn.send_task_success(taskToken=task["taskToken"], output='{"shipped": true}')
    assert finish(sfn, execution)["output"] == '{"shipped":true}'
    assert refusal(sfn.send_task_success, taskToken=task["taskToken"], output="1") == (
        "TaskTimedOut",
        "Task Timed Out: 'Provided task does not exist anymore'",
    )


def test_worker_that_fails_says_why(sfn: Any) -> None:
    activity = create_activity(sfn)
    execution = start(sfn, waiting_machine(sfn, activity))
    token = sfn.get_activity_task(activityArn=activity)["taskToken"]
    sfn.send_task_failure(taskToken=token, error="Closed", cause="it is Sunday")
    told = finish(sfn, execution)
    assert (told["status"], told["error"], told["cause"]) == ("FAILED", "Closed", "it is Sunday")


def test_output_of_a_task_is_json(sfn: Any) -> None:
    activity = create_activity(sfn)
    execution = start(sfn, waiting_machine(sfn, activity))
    token = sfn.get_activity_task(activityArn=activity)["taskToken"]
    code, message = refusal(sfn.send_task_success, taskToken=token, output="yes")
    assert code == "InvalidOutput"
    assert message.startswith("Invalid Output: 'Unrecognized token 'yes'")
    sfn.stop_execution(executionArn=execution)


def test_token_of_no_task_is_refused(sfn: Any) -> None:
    for call, more in (
        (sfn.send_task_success, {"output": "1"}),
        (sfn.send_task_success, {"output": "no JSON"}),
        (sfn.send_task_failure, {}),
        (sfn.send_task_heartbeat, {}),
    ):
        assert refusal(call, taskToken="nobodys", **more) == (
            "InvalidToken",
            "Invalid Token: 'Invalid token'",
        )
