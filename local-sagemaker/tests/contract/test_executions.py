"""Every operation of pipelines is answered in the shape of botocore's model."""

from __future__ import annotations

import json
from typing import Any

import boto3

from tests.local_sagemaker.server import REGION, LocalSageMaker, new_name
from tests.local_sagemaker.waiting import wait_until
from tests.sagemaker_pipelines.definitions import (
    create,
    definition,
    finish,
    start,
    step,
    steps_of,
    token,
)


def queue_of(local: LocalSageMaker) -> tuple[Any, str]:
    """SQS, which is moto's here, and the URL of a new queue."""
    url = local.s3.meta.endpoint_url
    keys: Any = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    sqs = boto3.client("sqs", endpoint_url=url, region_name=REGION, **keys)
    return sqs, sqs.create_queue(QueueName=new_name("queue"))["QueueUrl"]


def next_token(sqs: Any, url: str) -> str:
    """That of the message that a Callback step sends."""
    found = wait_until(lambda: sqs.receive_message(QueueUrl=url), lambda told: "Messages" in told)
    (message,) = found["Messages"]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return str(json.loads(message["Body"])["token"])


def test_pipelines_are_changed_and_executed(local: LocalSageMaker) -> None:
    sqs, url = queue_of(local)
    asking = step("Ask", "Callback", SqsQueueUrl=url, OutputParameters=[])
    moods = [{"Name": "Mood", "Type": "String", "DefaultValue": "calm"}]
    name = create(local.sagemaker, definition(asking, Parameters=moods))
    local.sagemaker.update_pipeline(PipelineName=name, PipelineDescription="asks")
    arn = start(local.sagemaker, name, parameters={"Mood": "wild"})
    execution = {"PipelineExecutionArn": arn}
    failing = next_token(sqs, url)
    local.sagemaker.send_pipeline_execution_step_failure(CallbackToken=failing)
    finish(local.sagemaker, arn)
    local.sagemaker.retry_pipeline_execution(**execution, ClientRequestToken=token())
    answer = {"CallbackToken": next_token(sqs, url)}
    local.sagemaker.send_pipeline_execution_step_success(**answer)
    assert finish(local.sagemaker, arn)["PipelineExecutionStatus"] == "Succeeded"
    assert steps_of(local.sagemaker, arn)["Ask"]["AttemptCount"] == 2

    local.sagemaker.update_pipeline_execution(**execution, PipelineExecutionDescription="first")
    stopped = start(local.sagemaker, name)
    stopping = next_token(sqs, url)
    local.sagemaker.stop_pipeline_execution(
        PipelineExecutionArn=stopped, ClientRequestToken=token()
    )
    local.sagemaker.send_pipeline_execution_step_success(CallbackToken=stopping)
    assert finish(local.sagemaker, stopped)["PipelineExecutionStatus"] == "Stopped"


def test_pipelines_and_executions_are_listed_and_deleted(local: LocalSageMaker) -> None:
    name = create(local.sagemaker, definition(step("Fail", "Fail", {"ErrorMessage": "no"})))
    arn = start(local.sagemaker, name)
    finish(local.sagemaker, arn)
    described = local.sagemaker.describe_pipeline(PipelineName=name)
    given = local.sagemaker.describe_pipeline_definition_for_execution(PipelineExecutionArn=arn)
    assert given["PipelineDefinition"] == described["PipelineDefinition"]
    listed = local.sagemaker.list_pipelines(PipelineNamePrefix=name)["PipelineSummaries"]
    assert [each["PipelineArn"] for each in listed] == [described["PipelineArn"]]
    assert local.sagemaker.list_pipeline_versions(PipelineName=name)["PipelineVersionSummaries"]
    executions = local.sagemaker.list_pipeline_executions(PipelineName=name)
    assert executions["PipelineExecutionSummaries"][0]["PipelineExecutionArn"] == arn
    parameters = local.sagemaker.list_pipeline_parameters_for_execution(PipelineExecutionArn=arn)
    assert parameters["PipelineParameters"] == []
    local.sagemaker.delete_pipeline(PipelineName=name, ClientRequestToken=token())
