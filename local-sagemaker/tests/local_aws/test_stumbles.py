"""What AWS refuses and moto stumbles over has AWS's error (`services/stumbles.py`)."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local_aws.function_zip import create_function
from tests.moto_faults.test_stumbles import MAP_RUN, TOPIC


@pytest.mark.parametrize(
    ("service", "operation", "request_", "code"),
    [
        ("stepfunctions", "describe_map_run", {"mapRunArn": MAP_RUN}, "ResourceNotFound"),
        ("stepfunctions", "update_map_run", {"mapRunArn": MAP_RUN}, "ResourceNotFound"),
        ("logs", "put_delivery_destination",
         {"name": "topic", "deliveryDestinationConfiguration": {"destinationResourceArn": TOPIC}},
         "ValidationException"),
        ("logs", "put_delivery_destination", {"name": "nothing"}, "ValidationException"),
    ],
)  # fmt: skip
def test_request_is_refused(
    local_aws: Any, service: str, operation: str, request_: dict[str, Any], code: str
) -> None:
    with pytest.raises(ClientError) as refusal:
        getattr(local_aws.client(service), operation)(**request_)
    assert refusal.value.response["Error"]["Code"] == code


def test_function_without_a_url_has_none_to_update(local_aws: Any) -> None:
    function = create_function(local_aws, "def handler(event, context): return 1")
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        local_aws.client("lambda").update_function_url_config(FunctionName=function)


def test_function_needs_code(local_aws: Any) -> None:
    with pytest.raises(ClientError, match="Please provide a source for function code"):
        create_function(local_aws, "", Code={})


def test_version_that_is_not_there_has_no_tags_to_delete(local_aws: Any) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="tagged")
    s3.put_object(Bucket="tagged", Key="key")
    with pytest.raises(ClientError, match="NoSuchVersion"):
        s3.delete_object_tagging(Bucket="tagged", Key="key", VersionId="none")


@pytest.mark.parametrize("source", ["copies", "copies/", "/copies", "/", "copies?versionId=1"])
def test_source_of_a_copy_has_a_bucket_and_a_key(local_aws: Any, source: str) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="copies")
    target = {"Bucket": "copies", "Key": "key", "CopySource": source}
    with pytest.raises(ClientError, match="InvalidArgument"):
        s3.copy_object(**target)
    with pytest.raises(ClientError, match="InvalidArgument"):
        s3.upload_part_copy(**target, PartNumber=1, UploadId="none")
