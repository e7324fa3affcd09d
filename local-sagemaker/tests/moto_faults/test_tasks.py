from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError
from moto.awslambda_simple.models import LambdaSimpleBackend

from tests.moto_faults.clients import ROLE, client, create_function, create_queue, messages
from tests.moto_faults.machine import finish, run, start, task


def test_a_task_does_not_wait_for_a_job_of_sagemaker() -> None:
    job = {
        "TrainingJobName": "job",
        "AlgorithmSpecification": {"TrainingImage": "mine:1", "TrainingInputMode": "File"},
        "RoleArn": ROLE,
        "OutputDataConfig": {"S3OutputPath": "s3://mine/output"},
        "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1},
        "StoppingCondition": {"MaxRuntimeInSeconds": 60},
    }
    ended = run(task("arn:aws:states:::sagemaker:createTrainingJob.sync", Parameters=job))
    assert ended["status"] == "FAILED"


def test_a_result_with_a_time_is_no_json() -> None:
    client("s3").create_bucket(Bucket="mine")
    execution = start(task("arn:aws:states:::aws-sdk:s3:listBuckets", Parameters={}))
    with pytest.raises(TypeError, match="datetime is not JSON serializable"):
        finish(execution)


def test_a_service_of_two_words_is_not_found() -> None:
    scaling = "arn:aws:states:::aws-sdk:applicationautoscaling:describeScalableTargets"
    ended = run(task(scaling, Parameters={"ServiceNamespace": "sagemaker"}))
    assert ended["status"] == "FAILED"


def test_an_error_does_not_spell_the_service_as_the_java_sdk_does() -> None:
    none = {"Name": "none"}
    ended = run(task("arn:aws:states:::aws-sdk:ssm:getParameter", Parameters=none))
    assert ended["error"] == "ssm.ParameterNotFoundException"  # the Java SDK: Ssm


def test_a_connection_that_breaks_is_no_error_of_the_sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: Any, **__: Any) -> None:
        raise ConnectionClosedError(endpoint_url="http://localhost")

    monkeypatch.setattr(LambdaSimpleBackend, "invoke", break_off)
    parameters = {"FunctionName": create_function()}
    ended = run(task("arn:aws:states:::lambda:invoke", Parameters=parameters))
    assert not ended["error"].endswith("SdkClientException")


def waiting_task() -> tuple[str, str]:
    """An execution that waits, and the token that ends its wait."""
    url, _ = create_queue()
    parameters = {"QueueUrl": url, "MessageBody": {"token.$": "$$.Task.Token"}}
    execution = start(
        task("arn:aws:states:::sqs:sendMessage.waitForTaskToken", Parameters=parameters)
    )
    while not (received := messages(url)):
        pass
    return execution, json.loads(received[0]["Body"])["token"]


def test_the_cause_of_a_failure_is_lost() -> None:
    execution, token = waiting_task()
    client("stepfunctions").send_task_failure(taskToken=token, error="Mine", cause="because")
    assert "cause" not in finish(execution)


def test_a_task_that_has_ended_takes_another_answer() -> None:
    execution, token = waiting_task()
    for _ in range(2):
        client("stepfunctions").send_task_failure(taskToken=token, error="Mine")
    finish(execution)
