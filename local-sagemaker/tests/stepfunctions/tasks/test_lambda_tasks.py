"""Functions by `lambda:invoke` and by their ARN. What is asserted here is recorded on AWS."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function
from tests.stepfunctions.tasks.attempt import begun, ended, failed

ECHO = """
    import time
    class Mine(Exception): pass
    def handler(event, context):
        if event == "fail":
            raise Mine("of mine")
        if event == "long":
            return "\\u00e9" * 200_000
        if event == "sleep":
            time.sleep(5)
        return event
    """


@pytest.fixture(scope="module")
def function(local_aws: LocalAws) -> str:
    return create_function(local_aws, ECHO)


@pytest.fixture
def arn(function: str) -> str:
    return f"arn:aws:lambda:us-east-1:123456789012:function:{function}"


def test_result_has_the_payload_as_json_and_the_call_around_it(function: str) -> None:
    attempt = ended("lambda:invoke", {"FunctionName": function, "Payload": {"a": [1]}})
    assert list(attempt.result) == [
        "ExecutedVersion", "Payload", "SdkHttpMetadata", "SdkResponseMetadata", "StatusCode",
    ]  # fmt: skip
    assert (attempt.result["Payload"], attempt.result["StatusCode"]) == ({"a": [1]}, 200)
    assert attempt.types == ["TaskScheduled", "TaskStarted", "TaskSucceeded"]
    scheduled = attempt.details("TaskScheduled")
    assert json.loads(scheduled.pop("parameters"))["Payload"] == {"a": [1]}
    assert scheduled == {"region": "us-east-1", "resource": "invoke", "resourceType": "lambda"}
    succeeded = attempt.details("TaskSucceeded")
    assert json.loads(succeeded["output"]) == attempt.result
    assert succeeded["outputDetails"] == {"truncated": False}


@pytest.mark.parametrize(
    ("payload", "output"),
    [(None, {}), ("null", None), ('"a"', "a"), ("a", "a"), ("0.0", 0.0), ([], []), (True, True)],
)
def test_payload_is_json_also_as_text(function: str, payload: Any, output: Any) -> None:
    attempt = ended("lambda:invoke", {"FunctionName": function, "Payload": payload})
    assert attempt.result["Payload"] == output


def test_error_of_a_function_has_its_class_as_name(function: str) -> None:
    failure = failed("lambda:invoke", {"FunctionName": function, "Payload": "fail"})
    assert (failure.error, failure.event) == ("Mine", "TaskFailed")
    assert failure.details == {"resource": "invoke", "resourceType": "lambda"}
    assert failure.cause is not None
    assert failure.cause.startswith('{"errorMessage":"of mine","errorType":"Mine",')


def test_function_by_its_arn_has_events_of_its_own(arn: str) -> None:
    attempt = ended(arn, {"a": 1}, timeout_seconds=5)
    assert attempt.result == {"a": 1}
    assert attempt.events == [
        (
            "LambdaFunctionScheduled",
            {
                "input": '{"a":1}',
                "inputDetails": {"truncated": False},
                "resource": arn,
                "timeoutInSeconds": 5,
            },
        ),
        ("LambdaFunctionStarted", {}),
        ("LambdaFunctionSucceeded", {"output": '{"a":1}', "outputDetails": {"truncated": False}}),
    ]


def test_error_of_a_function_by_its_arn_has_the_functions_own_text_as_cause(arn: str) -> None:
    failure = failed(arn, "fail")
    assert (failure.error, failure.event, failure.details) == ("Mine", "LambdaFunctionFailed", {})
    assert json.loads(failure.cause or "")["errorMessage"] == "of mine"


def test_missing_function_is_named_as_version_1_of_the_java_sdk_does() -> None:
    name = f"none-{uuid.uuid4().hex[:6]}"
    failure = failed("lambda:invoke", {"FunctionName": name, "Payload": None})
    assert failure.error == "Lambda.ResourceNotFoundException"
    assert failure.cause is not None
    assert f"function:{name}" in failure.cause
    assert "(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; " in (
        failure.cause
    )
    assert failure.cause.endswith("; Proxy: null)")


@pytest.mark.parametrize("by_arn", [True, False])
def test_result_above_256_kib_is_none(function: str, arn: str, by_arn: bool) -> None:
    resource, given = ("lambda:invoke", {"FunctionName": function, "Payload": "long"})
    failure = failed(arn, "long") if by_arn else failed(resource, given)
    assert failure.error == "States.DataLimitExceeded"
    assert failure.event == ("LambdaFunctionFailed" if by_arn else "TaskFailed")
    assert failure.cause == (
        f"The state/task '{arn if by_arn else 'lambda'}' returned a result with a size exceeding "
        "the maximum number of bytes service limit."
    )


def test_time_is_over_before_the_function_is(function: str, arn: str) -> None:
    failure = failed(
        "lambda:invoke", {"FunctionName": function, "Payload": "sleep"}, timeout_seconds=1
    )
    assert (failure.error, failure.cause, failure.event) == ("States.Timeout", None, "TaskTimedOut")
    failure = failed(arn, "sleep", timeout_seconds=1)
    assert (failure.error, failure.event) == ("States.Timeout", "LambdaFunctionTimedOut")


def test_stopped_execution_does_not_wait_for_its_function(arn: str) -> None:
    attempt = begun(arn, "sleep")
    attempt.until("LambdaFunctionStarted")
    attempt.execution.stop()
    assert attempt.end().is_over
    assert attempt.types == ["LambdaFunctionScheduled", "LambdaFunctionStarted"]


def test_unknown_parameter_keeps_the_task_from_starting(function: str) -> None:
    attempt = ended("lambda:invoke", {"FunctionName": function, "Speed": 1})
    assert attempt.events == []
    assert attempt.failure is not None
    assert (attempt.failure.error, attempt.failure.event) == ("States.Runtime", "")
    assert attempt.failure.cause == (
        f'The Parameters \'{{"FunctionName":"{function}","Speed":1}}\' could not be used to start '
        'the Task: [The field "Speed" is not supported by Step Functions]'
    )
