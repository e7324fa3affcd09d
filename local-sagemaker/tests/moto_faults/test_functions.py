from __future__ import annotations

from json import JSONDecodeError

import pytest

from tests.moto_faults.clients import client, create_function


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
