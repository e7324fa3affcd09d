"""Which version of a function answers, and what Lambda refuses of functions and layers."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function, invoke, zip_of

ONE, TWO = ("def handler(*_): return 1", "def handler(*_): return 2")


def test_version_and_alias_answer_with_the_code_that_they_were_made_of(local_aws: LocalAws) -> None:
    functions, name = local_aws.client("lambda"), create_function(local_aws, ONE)
    functions.publish_version(FunctionName=name)
    functions.update_function_code(FunctionName=name, ZipFile=zip_of(TWO))
    functions.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    for qualifier, answer, version in (("1", 1, "1"), ("live", 1, "1"), ("$LATEST", 2, "$LATEST")):
        response, answered = invoke(local_aws, name, Qualifier=qualifier)
        assert (answered, response["ExecutedVersion"]) == (answer, version)
    with pytest.raises(ClientError, match=f"Function not found: .*{name}:2"):
        invoke(local_aws, name, Qualifier="2")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"Timeout": 901}, "at 'timeout' failed to satisfy constraint"),
        ({"MemorySize": 10241}, "at 'memorySize' failed to satisfy constraint"),
        ({"Runtime": "python2.7"}, "python2.7 is no longer supported for creating or updating"),
        ({"Environment": {"Variables": {"AWS_REGION": "a"}}}, "Reserved keys .*: AWS_REGION"),
        ({"Handler": ""}, "Runtime and Handler are mandatory parameters"),
        ({"Code": {}}, "S3 Error Code: NoSuchKey"),
    ],
)
def test_function_is_refused(local_aws: LocalAws, settings: dict[str, Any], words: str) -> None:
    if "Code" in settings:
        settings = {"Code": {"S3Bucket": create_bucket(local_aws), "S3Key": "a"}}
    with pytest.raises(ClientError, match=words):
        create_function(local_aws, ONE, **settings)


def create_bucket(local_aws: LocalAws) -> str:
    name = f"code-{uuid.uuid4().hex[:8]}"
    local_aws.client("s3").create_bucket(Bucket=name)
    return name


def test_layer_is_a_zip_that_is_there(local_aws: LocalAws) -> None:
    publish = local_aws.client("lambda").publish_layer_version
    stored = {"S3Bucket": create_bucket(local_aws), "S3Key": "none.zip"}
    with pytest.raises(ClientError, match="S3 Error Code: NoSuchKey"):
        publish(LayerName="layer", Content=stored)
    with pytest.raises(ClientError, match="Could not unzip uploaded file"):
        publish(LayerName="layer", Content={"ZipFile": b"none"})


def test_statement_of_a_policy_has_an_id_of_its_own_and_is_about_one_version(
    local_aws: LocalAws,
) -> None:
    functions, name = local_aws.client("lambda"), create_function(local_aws, ONE)
    functions.publish_version(FunctionName=name)
    statement = {"StatementId": "one", "Action": "lambda:InvokeFunction", "Principal": "*"}
    arn = functions.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    functions.add_permission(FunctionName=name, **statement)
    functions.add_permission(FunctionName=f"{arn}:1", **statement)
    with pytest.raises(ClientError, match="already exists") as error:
        functions.add_permission(FunctionName=name, **statement)
    assert error.value.response["Error"]["Code"] == "ResourceConflictException"
    policy = json.loads(functions.get_policy(FunctionName=name)["Policy"])
    assert [each["Resource"] for each in policy["Statement"]] == [arn, f"{arn}:1"]


def test_function_without_concurrency_does_not_run(local_aws: LocalAws) -> None:
    functions, name = local_aws.client("lambda"), create_function(local_aws, ONE)
    functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    with pytest.raises(ClientError) as error:
        invoke(local_aws, name)
    assert error.value.response["Error"]["Code"] == "TooManyRequestsException"
