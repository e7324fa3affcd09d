"""The wire: what a client that is not boto3 meets."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest

from tests.local_sagemaker.server import LocalSageMaker


def post(
    local: LocalSageMaker,
    operation: str,
    body: Any,
    *,
    path: str = "/",
    method: str = "POST",
    content_type: str = "application/x-amz-json-1.1",
) -> tuple[int, dict[str, str], Any]:
    connection = http.client.HTTPConnection(urlsplit(local.url).netloc, timeout=10)
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    content = text.encode() if isinstance(text, str) else text
    headers = {"X-Amz-Target": operation, "Content-Type": content_type}
    connection.request(method, path, body=content, headers=headers)
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    return response.status, {k.lower(): v for k, v in response.getheaders()}, answer


def test_answer_is_json_with_a_request_id(local: LocalSageMaker) -> None:
    status, headers, content = post(local, "SageMaker.ListModels", {"NameContains": "nobody"})
    assert (status, content) == (200, {"Models": []})
    assert headers["content-type"] == "application/x-amz-json-1.1"
    assert headers["x-amzn-requestid"]


def test_error_names_its_type_in_header_and_body(local: LocalSageMaker) -> None:
    status, headers, content = post(local, "SageMaker.DescribeModel", {"ModelName": "nobody"})
    assert status == 400
    assert headers["x-amzn-errortype"] == content["__type"] == "ValidationException"


@pytest.mark.parametrize("target", ["SageMaker.CreateDomain", "SageMaker.Nonsense", "", "S3.List"])
def test_unknown_operation_is_refused_as_aws_refuses_one(
    local: LocalSageMaker, target: str
) -> None:
    status, _, content = post(local, target, {})
    assert (status, content["__type"]) == (400, "UnknownOperationException")


def test_unknown_path_is_an_unknown_operation(local: LocalSageMaker) -> None:
    status, _, content = post(local, "", "{}", path="/endpoints/a/invocations-response-stream")
    assert (status, content["__type"]) == (400, "UnknownOperationException")


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    "body",
    ["{", "[]", '"text"', DEEP, f'{{"Tags": {DEEP}', b"\xff\xfe"],
    ids=["cut off", "list", "text", "nested", "nested member", "no text"],
)
def test_body_that_is_no_json_object_is_a_serialization_exception(
    local: LocalSageMaker, body: str | bytes
) -> None:
    status, _, content = post(local, "SageMaker.ListModels", body)
    assert (status, content["__type"]) == (400, "SerializationException")


def test_nested_value_of_a_member_is_refused(local: LocalSageMaker) -> None:
    """JSON of this depth can be read, but not shown in a message."""
    tags = f'{{"Tags": [{"[" * 900}{"]" * 900}]}}'
    status, _, content = post(local, "SageMaker.CreateModel", tags)
    assert (status, content["__type"]) == (400, "SerializationException")


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_large_body_is_read_whatever_it_claims_to_be(
    local: LocalSageMaker, content_type: str
) -> None:
    body = json.dumps({"NameContains": "x" * 5_000_000})
    status, _, content = post(local, "SageMaker.ListModels", body, content_type=content_type)
    assert (status, content["__type"]) == (400, "ValidationException")


def test_misspelt_member_is_refused(local: LocalSageMaker) -> None:
    status, _, content = post(local, "SageMaker.ListModels", {"MaxResult": 5})
    assert (status, content["__type"]) == (400, "ValidationException")
    assert "Value 'MaxResult' at 'request'" in content["message"]


def test_null_member_counts_as_absent(local: LocalSageMaker) -> None:
    status, _, _ = post(local, "SageMaker.ListModels", {"MaxResults": None})
    assert status == 200


def test_regions_are_apart(local: LocalSageMaker) -> None:
    elsewhere: Any = boto3.client(
        "sagemaker",
        endpoint_url=local.url,
        region_name="eu-west-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    with pytest.raises(elsewhere.exceptions.ClientError, match="eu-west-1:123456789012:model"):
        elsewhere.describe_model(ModelName="nobody")
