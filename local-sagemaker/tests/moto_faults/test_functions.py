from __future__ import annotations

import time
from json import JSONDecodeError
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.awslambda.models import LambdaBackend

from tests.moto_faults.clients import client, create_function, create_queue


def test_without_docker_no_code_runs() -> None:
    function = create_function()
    answer = client("lambda").invoke(FunctionName=function, Payload=b'{"a": 1}')
    assert b"ran" not in answer["Payload"].read()


def test_without_docker_no_code_runs_asynchronously() -> None:
    with pytest.raises(JSONDecodeError):
        client("lambda").invoke_async(FunctionName=create_function(), InvokeArgs=b"no JSON")


def test_log_group_and_dead_letter_queue_of_a_function_are_lost() -> None:
    create_function(
        LoggingConfig={"LogGroup": "mine"},
        DeadLetterConfig={"TargetArn": "arn:aws:sqs:us-east-1:123456789012:letters"},
    )
    configuration = client("lambda").get_function_configuration(FunctionName="function")
    assert "DeadLetterConfig" not in configuration
    assert configuration.get("LoggingConfig", {}).get("LogGroup") != "mine"


def test_code_that_is_no_zip_is_accepted() -> None:
    create_function(Code={"ZipFile": b"no zip"})
    assert client("lambda").get_function(FunctionName="function")["Configuration"]["CodeSize"] == 6


def test_layers_of_other_accounts_are_not_there() -> None:
    with pytest.raises(ClientError, match="One or more LayerVersion does not exist"):
        create_function(Layers=["arn:aws:lambda:us-east-1:017000801446:layer:Powertools:1"])


def test_without_docker_no_message_reaches_a_function() -> None:
    url, arn = create_queue()
    function = create_function()
    client("lambda").create_event_source_mapping(EventSourceArn=arn, FunctionName=function)
    client("sqs").send_message(QueueUrl=url, MessageBody="for the function")
    found = client("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/function")
    assert not any("ran" in str(group) for group in found["logGroups"])


def subscribed(destination: str, pattern: str) -> None:
    logs = client("logs")
    for group in ("written", "copied"):
        logs.create_log_group(logGroupName=group)
    logs.create_log_stream(logGroupName="written", logStreamName="stream")
    logs.put_subscription_filter(
        logGroupName="written", filterName="all", filterPattern=pattern, destinationArn=destination
    )


def write() -> None:
    client("logs").put_log_events(
        logGroupName="written",
        logStreamName="stream",
        logEvents=[{"timestamp": int(time.time() * 1000), "message": "hello"}],
    )


def test_a_subscription_sends_what_its_pattern_does_not_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(LambdaBackend, "send_log_event", lambda _, *event: told.append(event))
    subscribed(create_function(), "{ $.level = 2 }")
    write()
    assert told


def test_who_writes_a_log_fails_by_a_function_that_is_gone() -> None:
    function = create_function()
    subscribed(function, "")
    client("lambda").delete_function(FunctionName=function)
    with pytest.raises(AttributeError):
        write()


def test_a_version_that_is_not_there_answers() -> None:
    answer = client("lambda").invoke(FunctionName=create_function(), Qualifier="9")
    assert answer["StatusCode"] == 200


def test_two_statements_have_one_id() -> None:
    create_function()
    statement = {"StatementId": "one", "Action": "lambda:InvokeFunction", "Principal": "*"}
    for _ in range(2):
        client("lambda").add_permission(FunctionName="function", **statement)


def test_a_layer_may_be_what_is_not_there() -> None:
    client("s3").create_bucket(Bucket="layers")
    content = {"S3Bucket": "layers", "S3Key": "none.zip"}
    made = client("lambda").publish_layer_version(LayerName="layer", Content=content)
    assert made["Content"]["CodeSize"] == 0
