"""Tasks that wait for their token: answered, failed, out of time, in maps and branches."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function
from tests.local_aws.machine import finish, jsonata, start
from tests.local_aws.test_events import create_queue, received


def waiting_task(local_aws: LocalAws, url: str, **more: Any) -> dict[str, Any]:
    """A task whose function hands the token to a queue."""
    source = f"""
    import json
    import boto3
    def handler(event, context):
        boto3.client("sqs").send_message(QueueUrl={url!r}, MessageBody=json.dumps(event))
    """
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Arguments": {
            "FunctionName": create_function(local_aws, source),
            "Payload": {
                "Token": "{% $states.context.Task.Token %}",
                "Given": "{% $states.input %}",
            },
        },
        "End": True,
    }
    return task | more


@pytest.fixture
def queue(local_aws: LocalAws) -> str:
    return create_queue(local_aws)[0]


def answer(local_aws: LocalAws, token: str, output: Any) -> None:
    local_aws.client("stepfunctions").send_task_success(taskToken=token, output=json.dumps(output))


def test_answer_is_the_tasks_result(local_aws: LocalAws, queue: str) -> None:
    task = waiting_task(local_aws, queue, Output="{% $states.result.verdict & '!' %}")
    execution = start(local_aws, jsonata({"Ask": task}), {"model": 7})
    (message,) = received(local_aws, queue)
    assert message["Given"] == {"model": 7}
    answer(local_aws, message["Token"], {"verdict": "approved"})
    assert finish(local_aws, execution)["output"] == "approved!"


def test_failure_has_the_given_error_and_cause(local_aws: LocalAws, queue: str) -> None:
    catch = {
        "ErrorEquals": ["NotApproved"],
        "Output": {"why": "{% $states.errorOutput.Cause %}"},
        "Next": "Told",
    }
    states = {
        "Ask": waiting_task(local_aws, queue, Catch=[catch]),
        "Told": {"Type": "Succeed"},
    }
    execution = start(local_aws, jsonata(states))
    (message,) = received(local_aws, queue)
    local_aws.client("stepfunctions").send_task_failure(
        taskToken=message["Token"], error="NotApproved", cause="worse than it looks"
    )
    assert finish(local_aws, execution)["output"] == {"why": "worse than it looks"}


def test_wait_is_bounded_and_a_late_answer_is_refused(local_aws: LocalAws, queue: str) -> None:
    catch = {"ErrorEquals": ["States.Timeout"], "Output": "late", "Next": "Rest"}
    states = {
        "Ask": waiting_task(local_aws, queue, TimeoutSeconds="{% 1 + 1 %}", Catch=[catch]),
        "Rest": {"Type": "Wait", "Seconds": 1, "Next": "Told"},
        "Told": {"Type": "Succeed"},
    }
    execution = start(local_aws, jsonata(states))
    (message,) = received(local_aws, queue)
    time.sleep(2)
    with pytest.raises(ClientError) as refused:
        answer(local_aws, message["Token"], "yes")
    assert refused.value.response["Error"]["Code"] == "TaskTimedOut"
    assert finish(local_aws, execution)["output"] == "late"


def test_token_is_used_once_and_an_unknown_one_is_invalid(local_aws: LocalAws, queue: str) -> None:
    execution = start(local_aws, jsonata({"Ask": waiting_task(local_aws, queue)}))
    (message,) = received(local_aws, queue)
    answer(local_aws, message["Token"], 1)
    finish(local_aws, execution)
    for token, code in ((message["Token"], "TaskTimedOut"), ("nobodys", "InvalidToken")):
        with pytest.raises(ClientError) as refused:
            answer(local_aws, token, 2)
        assert refused.value.response["Error"]["Code"] == code


def test_stopped_execution_waits_no_more(local_aws: LocalAws, queue: str) -> None:
    execution = start(local_aws, jsonata({"Ask": waiting_task(local_aws, queue)}))
    (message,) = received(local_aws, queue)
    local_aws.client("stepfunctions").stop_execution(executionArn=execution, cause="enough")
    assert finish(local_aws, execution)["status"] == "ABORTED"
    with pytest.raises(ClientError) as refused:
        answer(local_aws, message["Token"], 1)
    assert refused.value.response["Error"]["Code"] == "TaskTimedOut"


def test_tokens_work_in_maps_and_branches(local_aws: LocalAws, queue: str) -> None:
    ask = waiting_task(local_aws, queue)
    inner = {"StartAt": "Ask", "States": {"Ask": ask}}
    states = {
        "Both": {
            "Type": "Parallel",
            "Branches": [inner, {"StartAt": "One", "States": {"One": {"Type": "Pass", "End": True,
                                                                       "Output": 1}}}],
            "Assign": {"branch": "{% $states.result[0] %}"},
            "Next": "Each",
        },
        "Each": {
            "Type": "Map",
            "Items": "{% ['a', 'b'] %}",
            "ItemSelector": {"Item": "{% $states.context.Map.Item.Value %}"},
            "MaxConcurrency": 2,
            "ItemProcessor": {"StartAt": "AskToo", "States": {"AskToo": ask}},
            "Output": {"Branch": "{% $branch %}", "Items": "{% $states.result %}"},
            "End": True,
        },
    }  # fmt: skip
    execution = start(local_aws, jsonata(states))
    answer(local_aws, received(local_aws, queue)[0]["Token"], "first")
    for message in received(local_aws, queue, 2):
        answer(local_aws, message["Token"], message["Given"]["Item"].upper())
    assert finish(local_aws, execution)["output"] == {"Branch": "first", "Items": ["A", "B"]}
