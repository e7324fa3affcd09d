"""Calls of other services: what they get, give, and how they fail. Recorded on AWS."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.stepfunctions.tasks import tokens

from tests.local_aws.test_events import create_queue, received
from tests.stepfunctions.tasks.attempt import EXECUTION, MACHINE, begun, ended, failed


@pytest.fixture
def queue(local_aws: LocalAws) -> str:
    return create_queue(local_aws)[0]


@pytest.fixture(scope="module")
def table(local_aws: LocalAws) -> str:
    name = f"table-{uuid.uuid4().hex[:6]}"
    local_aws.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@pytest.fixture(scope="module")
def bucket(local_aws: LocalAws) -> str:
    name = f"tasks-{uuid.uuid4().hex[:6]}"
    local_aws.client("s3").create_bucket(Bucket=name)
    return name


def test_result_of_a_call_that_answers_nothing_is_empty(local_aws: LocalAws) -> None:
    assert ended("aws-sdk:cloudwatch:deleteAlarms", {"AlarmNames": []}).result == {}


@pytest.mark.parametrize("body", [{"a": [1]}, [1], 2, True, "text"])
def test_message_is_any_json(local_aws: LocalAws, queue: str, body: Any) -> None:
    attempt = ended("sqs:sendMessage", {"QueueUrl": queue, "MessageBody": body})
    assert list(attempt.result) == [
        "MD5OfMessageBody", "MessageId", "SdkHttpMetadata", "SdkResponseMetadata",
    ]  # fmt: skip
    (message,) = local_aws.client("sqs").receive_message(QueueUrl=queue)["Messages"]
    expected = body if isinstance(body, str) else json.dumps(body, separators=(",", ":"))
    assert message["Body"] == expected


def test_null_is_a_parameter_that_is_not_given(queue: str) -> None:
    failure = failed("sqs:sendMessage", {"QueueUrl": queue, "MessageBody": None})
    assert failure.error == "SQS.AmazonSQSException"
    assert "MessageBody" in (failure.cause or "")
    assert "(Service: AmazonSQS; Status Code: 400; Error Code: " in (failure.cause or "")


def test_topic_that_is_not_there_is_the_model_s_error() -> None:
    topic = "arn:aws:sns:us-east-1:123456789012:none"
    failure = failed("sns:publish", {"TopicArn": topic, "Message": {"a": 1}})
    assert failure.error == "SNS.NotFoundException"
    assert "Service: AmazonSNS; Status Code: 404; Error Code: NotFound;" in (failure.cause or "")


def test_item_is_put_and_got(table: str) -> None:
    item = {"id": {"S": "1"}, "data": {"S": "x"}}
    assert list(ended("dynamodb:putItem", {"TableName": table, "Item": item}).result) == [
        "SdkHttpMetadata", "SdkResponseMetadata",
    ]  # fmt: skip
    key = {"TableName": table, "Key": {"id": {"S": "1"}}}
    assert ended("dynamodb:getItem", key).result["Item"] == item
    assert ended("aws-sdk:dynamodb:getItem", key).result == {"Item": item}


def test_text_stands_for_an_attribute_s_value_in_the_optimised_integration(table: str) -> None:
    item = {"id": "2", "done": {"BOOL": "false"}, "steps": {"L": ["a"]}}
    ended("dynamodb:putItem", {"TableName": table, "Item": item})
    found = ended("dynamodb:getItem", {"TableName": table, "Key": {"id": "2"}}).result["Item"]
    assert found == {"id": {"S": "2"}, "done": {"BOOL": False}, "steps": {"L": [{"S": "a"}]}}
    failure = failed("aws-sdk:dynamodb:getItem", {"TableName": table, "Key": {"id": "2"}})
    assert "The value for the field 'id' must be an OBJECT" in (failure.cause or "")


@pytest.mark.parametrize(
    ("resource", "error", "words"),
    [
        ("dynamodb:getItem", "DynamoDB.ResourceNotFoundException",
         "(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; "),
        ("aws-sdk:dynamodb:getItem", "DynamoDb.ResourceNotFoundException",
         "(Service: DynamoDb, Status Code: 400, Request ID: "),
    ],
)  # fmt: skip
def test_missing_table_is_an_error_of_either_sdk(resource: str, error: str, words: str) -> None:
    failure = failed(resource, {"TableName": "none-here", "Key": {"id": {"S": "1"}}})
    assert (failure.error, failure.event) == (error, "TaskFailed")
    assert words in (failure.cause or "")


def test_entries_of_events_are_told_of_and_one_that_fails_fails_the_task() -> None:
    good = {"Source": "mine", "DetailType": "t", "Detail": {"a": 1}}
    result = ended("events:putEvents", {"Entries": [good]}).result
    assert (set(result), result["FailedEntryCount"]) == ({"Entries", "FailedEntryCount"}, 0)
    failure = failed("events:putEvents", {"Entries": [good, good | {"Detail": '"text"'}]})
    assert failure.error == "EventBridge.FailedEntry"
    cause = json.loads(failure.cause or "")
    assert cause["FailedEntryCount"] == 1
    assert cause["Entries"][1]["ErrorCode"] == "MalformedDetail"


def test_events_name_machine_and_execution_after_their_own_resources(
    local_aws: LocalAws,
) -> None:
    url, arn = create_queue(local_aws)
    source = f"mine-{uuid.uuid4().hex[:6]}"
    events = local_aws.client("events")
    events.put_rule(Name=source, EventPattern=json.dumps({"source": [source]}))
    events.put_targets(Rule=source, Targets=[{"Id": "queue", "Arn": arn}])
    entry = {"Source": source, "DetailType": "t", "Detail": "{}", "Resources": ["own"]}
    ended("events:putEvents", {"Entries": [entry]})
    (event,) = received(local_aws, url)
    assert event["resources"] == ["own", MACHINE, EXECUTION]


@pytest.mark.parametrize(
    ("body", "stored"),
    [({"a": [1, "x"]}, '{"a":[1,"x"]}'), ([1], "[1]"), (False, "false"), ("text", '"text"')],
)
def test_bytes_are_written_as_json(
    local_aws: LocalAws, bucket: str, body: Any, stored: str
) -> None:
    ended("aws-sdk:s3:putObject", {"Bucket": bucket, "Key": "k", "Body": body})
    found = local_aws.client("s3").get_object(Bucket=bucket, Key="k")
    assert found["Body"].read() == stored.encode()
    assert found["ContentType"] == "text/plain; charset=UTF-8"


def test_content_type_that_is_given_is_kept(local_aws: LocalAws, bucket: str) -> None:
    given = {"Bucket": bucket, "Key": "k", "Body": {"a": 1}, "ContentType": "application/json"}
    ended("aws-sdk:s3:putObject", given)
    found = local_aws.client("s3").head_object(Bucket=bucket, Key="k")
    assert found["ContentType"] == "application/json"


def test_object_is_read_as_text(local_aws: LocalAws, bucket: str) -> None:
    local_aws.client("s3").put_object(Bucket=bucket, Key="t", Body=b"a text")
    result = ended("aws-sdk:s3:getObject", {"Bucket": bucket, "Key": "t"}).result
    assert not any(name.startswith("Checksum") for name in result)
    assert (result["Body"], result["ContentLength"], list(result)[-1]) == ("a text", 6, "Body")
    assert "ResponseMetadata" not in result


@pytest.mark.parametrize(
    ("resource", "parameters", "error"),
    [
        ("s3:getObject", {"Key": "none"}, "S3.NoSuchKeyException"),
        ("s3:listObjects", {"Bucket": "none-such-bucket"}, "S3.NoSuchBucketException"),
        ("ssm:getParameter", {"Name": "none"}, "Ssm.ParameterNotFoundException"),
        ("sts:assumeRole", {"RoleArn": "arn:aws:iam::123456789012:role/a"}, "Sts.StsException"),
        ("sfn:describeExecution", {"ExecutionArn": "arn:aws:states:us-east-1:123456789012:"
         "execution:a:b"}, "Sfn.ExecutionDoesNotExistException"),
    ],
)  # fmt: skip
def test_errors_are_named_as_version_2_of_the_java_sdk_does(
    bucket: str, resource: str, parameters: dict[str, Any], error: str
) -> None:
    given = {"Bucket": bucket} | parameters if resource.startswith("s3") else parameters
    failure = failed(f"aws-sdk:{resource}", given)
    assert failure.error == error
    assert f"(Service: {error.split('.')[0]}, Status Code: 4" in (failure.cause or "")
    assert ("Extended Request ID: " in (failure.cause or "")) == error.startswith("S3.")


def test_call_without_an_answer_is_no_error_of_the_service(
    local_aws_faults: LocalAws, queue: str
) -> None:
    local_aws_faults.add_fault("timeout", service="sqs", operation="SendMessage")
    failure = failed("sqs:sendMessage", {"QueueUrl": queue, "MessageBody": "x"})
    assert failure.error == "SQS.SdkClientException"


@pytest.mark.parametrize(
    ("resource", "parameters", "fault"),
    [
        ("aws-sdk:sqs:sendMessage", {"Queue": "x"}, 'The field "Queue" is not supported by Step'),
        ("aws-sdk:sqs:sendMessage", {"QueueUrl": 1}, "The value for the field 'QueueUrl' must be a "
         "STRING"),
        ("sagemaker:createModel", {"Tags": [{"key": "a"}]}, 'The field "key" is not supported'),
        ("states:startExecution", {"Input": {}}, "The field 'StateMachineArn' is required"),
    ],
)  # fmt: skip
def test_wrong_parameters_keep_the_task_from_starting(
    resource: str, parameters: dict[str, Any], fault: str
) -> None:
    attempt = ended(resource, parameters, language="JSONata")
    assert (attempt.events, getattr(attempt.failure, "error", None)) == ([], "States.Runtime")
    assert attempt.failure is not None
    assert f"could not be used to start the Task: [{fault}" in (attempt.failure.cause or "")


def test_refused_job_is_named_as_version_1_of_the_java_sdk_does(
    local_aws: LocalAws,
) -> None:
    name = f"job-{uuid.uuid4().hex[:6]}"
    client = local_aws.client("sagemaker")
    failure = failed(
        "sagemaker:createTrainingJob.sync",
        {"TrainingJobName": name, "Tags": [{"Key": "mine", "Value": "1"}]},
    )
    assert failure.error == "SageMaker.AmazonSageMakerException"
    assert failure.event == "TaskSubmitFailed"
    assert "Service: AmazonSageMaker; Status Code: 400; Error Code: ValidationException" in (
        failure.cause or ""
    )
    with pytest.raises(client.exceptions.ClientError):
        client.describe_training_job(TrainingJobName=name)


def test_token_is_answered_once_the_message_is_read(local_aws: LocalAws, queue: str) -> None:
    attempt = begun(
        "sqs:sendMessage.waitForTaskToken",
        {"QueueUrl": queue, "MessageBody": {"token": "<token>"}},
    )
    (message,) = received(local_aws, queue)
    attempt.until("TaskSubmitted")
    tokens.succeed(message["token"], {"b": 2})
    assert attempt.end().result == {"b": 2}
    said = {"resource": "sendMessage.waitForTaskToken", "resourceType": "sqs"}
    assert attempt.types == ["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"]
    assert "MD5OfMessageBody" in json.loads(attempt.details("TaskSubmitted")["output"])
    assert attempt.details("TaskSucceeded") == said | {
        "output": '{"b":2}',
        "outputDetails": {"truncated": False},
    }


@pytest.mark.parametrize(
    ("url", "host"), [("nowhere", "nowhere"), ("http://no-such-host/1/queue", "no-such-host")]
)
def test_queue_at_a_host_of_nobody_is_nowhere(url: str, host: str) -> None:
    failure = failed("sqs:sendMessage", {"QueueUrl": url, "MessageBody": "x"})
    assert (failure.error, failure.cause) == (
        "SQS.SdkClientException",
        f"Unable to execute HTTP request: {host}: Name or service not known",
    )
