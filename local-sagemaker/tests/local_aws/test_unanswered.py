"""What a client meets when there is no such thing."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError


def test_missing_bucket_is_not_found(local_aws: Any) -> None:
    """The SageMaker SDK creates its default bucket only after this answer."""
    with pytest.raises(ClientError) as refusal:
        local_aws.client("s3").head_bucket(Bucket="nobody-made-this-bucket")
    assert refusal.value.response["Error"]["Code"] == "404"


@pytest.mark.parametrize(
    ("service", "operation", "code"),
    [
        ("wellarchitected", "list_lenses", "UnknownOperationException"),  # REST with JSON
        ("storagegateway", "list_gateways", "UnknownOperationException"),  # JSON
        ("pricing", "describe_services", "UnknownOperationException"),  # a run does without
        ("snowball", "list_jobs", "UnknownOperationException"),  # RPC with CBOR
        ("cloudsearch", "list_domain_names", "InvalidAction"),  # query
    ],
)
def test_service_that_local_aws_lacks_is_said_to_be_lacking(
    local_aws: Any, service: str, operation: str, code: str
) -> None:
    with pytest.raises(ClientError, match="Local AWS lacks this operation") as refusal:
        getattr(local_aws.client(service), operation)()
    assert refusal.value.response["Error"]["Code"] == code


@pytest.mark.parametrize(
    ("service", "operation", "parameters"),
    [
        ("eks", "list_addons", {"clusterName": "cluster"}),
        ("route53", "get_checker_ip_ranges", {}),  # REST with XML
        ("mailmanager", "list_addon_instances", {}),  # signs as SES, which moto takes it for
    ],
)
def test_operation_that_local_aws_lacks_is_said_to_be_lacking(
    local_aws: Any, service: str, operation: str, parameters: dict[str, str]
) -> None:
    with pytest.raises(ClientError, match="Local AWS lacks this operation"):
        getattr(local_aws.client(service), operation)(**parameters)


def test_operation_of_s3_that_local_aws_lacks_does_nothing_else(local_aws: Any) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="annotated")
    s3.put_object(Bucket="annotated", Key="key", Body=b"content")
    named = {"Bucket": "annotated", "Key": "key", "AnnotationName": "name"}
    with pytest.raises(ClientError, match=r"lacks this operation: \?annotation of S3"):
        s3.delete_object_annotation(**named)
    with pytest.raises(ClientError, match="NotImplemented"):
        s3.put_object_annotation(**named, AnnotationPayload=b"other")
    with pytest.raises(ClientError, match="NotImplemented"):
        s3.delete_bucket_metrics_configuration(Bucket="annotated", Id="1")
    with pytest.raises(ClientError, match="inventory of S3"):
        s3.delete_bucket_inventory_configuration(Bucket="annotated", Id="1")
    with pytest.raises(ClientError, match="retention of S3"):
        s3.get_object_retention(Bucket="annotated", Key="key")
    raw = local_aws.client("s3", config=Config(inject_host_prefix=False))
    with pytest.raises(ClientError, match="WriteGetObjectResponse operation: Bad"):
        raw.write_get_object_response(RequestRoute="route", RequestToken="token")
    assert s3.get_object(Bucket="annotated", Key="key")["Body"].read() == b"content"
