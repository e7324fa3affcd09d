"""A request is what IAM was asked about, however else it may be read."""

from __future__ import annotations

import gzip
import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping
from typing import Any

import boto3
import pytest
from botocore.auth import S3SigV4QueryAuth, SigV4Auth
from botocore.awsrequest import AWSRequest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.test_permissions import allow, role, session

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def bucket(local_aws: LocalAws) -> str:
    s3, name = local_aws.client("s3"), f"bucket-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="plan", Body=b"{}")
    return name


def keys(local_aws: LocalAws, *actions: str) -> boto3.Session:
    """The session of a role that is allowed the actions, on everything."""
    return session(local_aws, role(local_aws, allow(list(actions))))


def signed(
    local_aws: LocalAws, who: boto3.Session, service: str, method: str, path: str,
    headers: Mapping[str, str], body: bytes = b"",
) -> AWSRequest:  # fmt: skip
    url = f"{local_aws.endpoint_url}{path}"
    named = {"Content-Type": "application/x-amz-json-1.1", **headers}  # urllib calls it a form
    request = AWSRequest(method, url, headers=named, data=body)
    credentials: Any = who.get_credentials()
    SigV4Auth(credentials, service, "us-east-1").add_auth(request)
    return request


def answer(request: AWSRequest) -> tuple[int, bytes]:
    asked = urllib.request.Request(
        str(request.url), request.data or None, dict(request.headers.items()), method=request.method
    )
    try:
        with urllib.request.urlopen(asked) as answered:
            return answered.status, answered.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


@pytest.mark.parametrize(
    ("method", "query", "headers", "body"),
    [
        ("GET", "?uploads", {}, b""),
        ("GET", "?acl&tagging", {}, b""),
        ("GET", "", {"X-Amz-Target": "AmazonS3.ListBuckets"}, b""),
        ("PUT", "", {"Content-Type": FORM}, b"Action=ListBuckets"),
        ("DELETE", "", {"Content-Type": FORM}, b"Action=ListBuckets"),
    ],
    ids=["subresource", "two subresources", "target", "form", "form that deletes"],
)
def test_object_is_not_reached_as_something_else(
    local_aws: LocalAws, bucket: str, method: str, query: str, headers: Any, body: bytes
) -> None:
    who = keys(local_aws, "s3:ListAllMyBuckets")
    request = signed(local_aws, who, "s3", method, f"/{bucket}/plan{query}", headers, body)
    assert answer(request)[0] in (400, 403)
    kept = local_aws.client("s3").get_object(Bucket=bucket, Key="plan")["Body"].read()
    assert kept == b"{}"


def test_url_that_is_signed_for_another_service_reads_no_object(
    local_aws: LocalAws, bucket: str
) -> None:
    credentials: Any = keys(local_aws, "logs:*").get_credentials()
    request = AWSRequest("GET", f"{local_aws.endpoint_url}/{bucket}/plan")
    S3SigV4QueryAuth(credentials, "logs", "us-east-1").add_auth(request)
    assert answer(request)[0] in (400, 403)


@pytest.mark.parametrize("service", ["logs", "servicequotas", "Sagemaker"])
def test_target_is_of_the_service_that_the_request_is_signed_for(
    local_aws: LocalAws, service: str
) -> None:
    headers = {"X-Amz-Target": "SageMaker.ListModels"}
    who = keys(local_aws, "logs:*", "servicequotas:*")
    status, content = answer(signed(local_aws, who, service, "POST", "/", headers, b"{}"))
    assert (status, b"UnknownOperation" in content) == (400, True)


def test_endpoint_is_not_invoked_by_a_request_with_a_target(local_aws: LocalAws) -> None:
    headers = {"X-Amz-Target": "SageMaker.ListModels"}
    who = keys(local_aws, "sagemaker:ListModels")
    path = "/endpoints/shop/invocations"
    status, content = answer(signed(local_aws, who, "sagemaker", "POST", path, headers, b"{}"))
    assert (status, "Models" in json.loads(content)) == (200, True)


def test_member_that_the_operation_does_not_have_is_no_resource(local_aws: LocalAws) -> None:
    mine = "arn:aws:sagemaker:us-east-1:123456789012:model/mine"
    who = session(local_aws, role(local_aws, allow("sagemaker:DeleteModel", mine)))
    headers = {"X-Amz-Target": "SageMaker.DeleteModel"}
    body = json.dumps({"modelname": "mine", "ModelName": "theirs"}).encode()
    _, content = answer(signed(local_aws, who, "sagemaker", "POST", "/", headers, body))
    assert b"model/theirs" in content


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/?Action=ListRoles&Version=2010-05-08", b""),
        ("/?Action=GetUser", b"Action=ListRoles&Version=2010-05-08"),
        ("/", b"Action=ListRoles&Version=2010-05-08&MaxItems=many"),
    ],
    ids=["query", "query and form", "no number"],
)
def test_roles_are_not_listed(local_aws: LocalAws, path: str, body: bytes) -> None:
    who, headers = keys(local_aws, "iam:GetUser"), {"Content-Type": FORM} if body else {}
    method = "POST" if body else "GET"
    assert answer(signed(local_aws, who, "iam", method, path, headers, body))[0] in (400, 403)


@pytest.mark.parametrize(
    ("path", "more", "pack"),
    [("/?Action=GetSecretValue", {}, bytes), ("/", {"Content-Encoding": "gzip"}, gzip.compress)],
    ids=["action", "compressed"],
)
def test_secret_is_not_read(local_aws: LocalAws, path: str, more: Any, pack: Any) -> None:
    local_aws.client("secretsmanager").create_secret(Name=uuid.uuid4().hex, SecretString="s")
    who = keys(local_aws, "secretsmanager:ListSecrets")
    asked = "GetSecretValue" if more else "ListSecrets"
    headers = {"X-Amz-Target": f"secretsmanager.{asked}", **more}
    body = pack(b'{"SecretId": "x"}' if more else b"{}")
    request = signed(local_aws, who, "secretsmanager", "POST", path, headers, body)
    assert answer(request)[0] in (400, 403)


def test_signature_names_one_service(local_aws: LocalAws) -> None:
    who = keys(local_aws, "logs:*")
    headers = {"X-Amz-Target": "secretsmanager.ListSecrets"}
    request = signed(local_aws, who, "logs", "POST", "/", headers, b"{}")
    other = "Other=a/20260101/us-east-1/secretsmanager/aws4_request"
    algorithm, _, rest = request.headers["Authorization"].partition(" ")
    del request.headers["Authorization"]
    request.headers["Authorization"] = f"{algorithm} {other}, {rest}"
    assert answer(request)[0] in (400, 403)
