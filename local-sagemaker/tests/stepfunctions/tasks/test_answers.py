"""Tokens and activities: who answers a task, and what becomes of one that nobody answers.

That a missed heartbeat is a States.Timeout in the history is recorded on AWS.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable

import pytest
from local_sagemaker.stepfunctions.engine.error_names import matches
from local_sagemaker.stepfunctions.errors import InvalidToken, TaskTimedOut
from local_sagemaker.stepfunctions.tasks import activities, tokens

from tests.stepfunctions.tasks.attempt import begun, ended


@pytest.fixture
def activity() -> str:
    arn = f"arn:aws:states:us-east-1:123456789012:activity:a-{uuid.uuid4().hex[:6]}"
    activities.open_activity(arn)
    return arn


def taken(arn: str) -> activities.ActivityTask:
    task = activities.take(arn, "worker", 5)
    assert task is not None
    return task


def test_worker_does_the_task(activity: str) -> None:
    attempt = begun(activity, {"a": 1}, timeout_seconds=60, heartbeat_seconds=10)
    task = taken(activity)
    assert (task.given, task.token) == ('{"a":1}', attempt.token)
    attempt.until("ActivityStarted")
    tokens.succeed(task.token, [1])
    assert attempt.end().result == [1]
    assert attempt.events == [
        (
            "ActivityScheduled",
            {
                "resource": activity,
                "input": '{"a":1}',
                "inputDetails": {"truncated": False},
                "timeoutInSeconds": 60,
                "heartbeatInSeconds": 10,
            },
        ),
        ("ActivityStarted", {"workerName": "worker"}),
        ("ActivitySucceeded", {"output": "[1]", "outputDetails": {"truncated": False}}),
    ]


def test_worker_fails_the_task_perhaps_without_an_error(activity: str) -> None:
    for error, cause in (("Mine", "because"), (None, None)):
        attempt = begun(activity, {})
        tokens.fail(taken(activity).token, error, cause)
        failure = attempt.end().failure
        assert failure is not None
        assert (failure.error, failure.cause, failure.event) == (error, cause, "ActivityFailed")


def test_task_that_nobody_fetches_runs_out_of_time_and_is_offered_no_more(activity: str) -> None:
    failure = ended(activity, {}, timeout_seconds=1).failure
    assert failure is not None
    assert (failure.error, failure.event) == ("States.Timeout", "ActivityTimedOut")
    assert activities.take(activity, None, 0) is None


def test_heartbeats_count_from_when_a_worker_has_the_task(activity: str) -> None:
    attempt = begun(activity, {}, heartbeat_seconds=1)
    time.sleep(1.2)
    task = taken(activity)
    for _ in range(3):
        time.sleep(0.5)
        tokens.heartbeat(task.token)
    failure = attempt.end().failure
    assert failure is not None
    assert failure.error == "States.Timeout"
    assert matches(["States.HeartbeatTimeout"], failure)
    assert not matches(["States.TaskFailed"], failure)


def test_deleted_activity_takes_no_task(activity: str) -> None:
    activities.close_activity(activity)
    attempt = ended(activity, {})
    assert (attempt.events, attempt.failure and attempt.failure.error) == ([], "States.Runtime")
    assert attempt.failure is not None
    assert attempt.failure.cause == f"The activity {activity} does not exist."


def test_fetching_waits_for_a_task_that_is_to_come(activity: str) -> None:
    found: list[activities.ActivityTask | None] = []
    waiting = threading.Thread(target=lambda: found.append(activities.take(activity, None, 5)))
    waiting.start()
    time.sleep(0.1)
    attempt = begun(activity, {})
    waiting.join(5)
    (task,) = found
    assert task is not None
    tokens.succeed(task.token, None)
    assert attempt.end().types == ["ActivityScheduled", "ActivityStarted", "ActivitySucceeded"]


def test_token_is_used_once_and_one_of_nobody_is_told_from_one_that_is_over(activity: str) -> None:
    attempt = begun(activity, {})
    token = taken(activity).token
    tokens.succeed(token, 1)
    attempt.end()
    answers: list[Callable[[], None]] = [
        lambda: tokens.succeed(token, 1),
        lambda: tokens.fail(token, None, None),
        lambda: tokens.heartbeat(token),
    ]
    for answer in answers:
        with pytest.raises(TaskTimedOut, match="Provided task does not exist anymore"):
            answer()
    with pytest.raises(InvalidToken, match="Invalid Token: 'Invalid token'"):
        tokens.heartbeat("nobodys")


def test_answer_to_a_stopped_execution_is_refused_at_once(activity: str) -> None:
    attempt = begun(activity, {})
    token = taken(activity).token
    attempt.execution.stop()
    with pytest.raises(TaskTimedOut):
        tokens.succeed(token, 1)
    assert attempt.end().is_over
