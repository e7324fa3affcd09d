"""The ARN of another region is not what has the same name in the region that is asked."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import function_zip
from tests.local_aws.test_permissions import ACCOUNT, allow, client

ELSEWHERE = f"eu-west-1:{ACCOUNT}"


def error(refused: Any) -> tuple[str, str]:
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


def test_a_function_is_not_reached_from_another_region(local_aws: LocalAws) -> None:
    name = function_zip.create_function(local_aws, "def handler(event, context): return 1")
    arn = f"arn:aws:lambda:{ELSEWHERE}:function:{name}"
    functions, _ = client(local_aws, "lambda", allow("lambda:*", arn))
    for call in (functions.invoke, functions.get_function, functions.delete_function):
        with pytest.raises(ClientError) as refused:
            call(FunctionName=arn)
        assert error(refused) == (
            "ResourceNotFoundException",
            "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
        )
    with pytest.raises(ClientError, match="are not reachable in this region"):
        local_aws.client("lambda").tag_resource(Resource=arn, Tags={"a": "b"})
    own = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{name}"
    assert local_aws.client("lambda").list_tags(Resource=own)["Tags"] == {}


def test_a_key_is_not_that_of_another_region(local_aws: LocalAws) -> None:
    key = local_aws.client("kms").create_key()["KeyMetadata"]["Arn"]
    arn = key.replace("us-east-1", "eu-west-1")
    with pytest.raises(ClientError) as refused:
        local_aws.client("kms").encrypt(KeyId=arn, Plaintext=b"1")
    assert error(refused) == ("NotFoundException", "Invalid arn eu-west-1")


def test_a_model_package_group_is_not_that_of_another_region(local_aws: LocalAws) -> None:
    name = f"group-{uuid.uuid4().hex[:8]}"
    local_aws.client("sagemaker").create_model_package_group(ModelPackageGroupName=name)
    arn = f"arn:aws:sagemaker:{ELSEWHERE}:model-package-group/{name}"
    sagemaker, _ = client(local_aws, "sagemaker", allow("sagemaker:*", arn))
    with pytest.raises(ClientError) as refused:
        sagemaker.describe_model_package_group(ModelPackageGroupName=arn)
    assert error(refused) == (
        "ValidationException",
        "ARN should be scoped to correct region: us-east-1",
    )
    with pytest.raises(ClientError, match="ARN should be scoped to correct region"):
        local_aws.client("sagemaker").describe_model_package(
            ModelPackageName=f"arn:aws:sagemaker:{ELSEWHERE}:model-package/{name}/1"
        )


def test_events_go_to_the_bus_of_this_region(local_aws: LocalAws) -> None:
    there = f"arn:aws:events:{ELSEWHERE}:event-bus/default"
    events, _ = client(local_aws, "events", allow("events:PutEvents", there))
    entry = {"Source": "a", "DetailType": "b", "Detail": "{}", "EventBusName": there}
    with pytest.raises(ClientError, match=f"on resource: {there.replace('eu-west', 'us-east')} "):
        events.put_events(Entries=[entry])
