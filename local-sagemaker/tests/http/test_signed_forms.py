"""A browser's form uploads what its signed policy allows, to its bucket, and does nothing else.

The policies are made by boto3, as a server would for its pages.
"""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import boto3
import pytest
from botocore.config import Config
from local_sagemaker.http.signed_requests import SignedRequests
from local_sagemaker.protocol.keys import random_pair
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Response

OWNER = random_pair()
S3: Any = boto3.client(
    "s3", endpoint_url="http://localhost", region_name="us-east-1",
    aws_access_key_id=OWNER.access_key_id, aws_secret_access_key=OWNER.secret_access_key,
    config=Config(signature_version="s3v4"),
)  # fmt: skip
CONDITIONS: list[Any] = [["starts-with", "$key", "in/"], ["content-length-range", 1, 10]]
FIELDS = S3.generate_presigned_post("bucket", "in/${filename}", Conditions=CONDITIONS)["fields"]
FIELDS["key"] = "in/a"


def behind(environ: dict[str, Any], start_response: Any) -> Any:
    return Response("uploaded")(environ, start_response)


def form(
    fields: Any = FIELDS, content: str = "text", *, url: str = "/bucket", method: str = "POST",
    host: str = "localhost", **headers: str,
) -> TestResponse:  # fmt: skip
    client = Client(SignedRequests(behind, OWNER, lambda *_: None))
    data = MultiDict(fields)
    data.add("file", (io.BytesIO(content.encode()), "name"))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open(url, method=method, data=data, headers={"Host": host, **named})


def policy(**changes: Any) -> str:
    document = json.loads(base64.b64decode(FIELDS["policy"])) | changes
    return base64.b64encode(json.dumps(document).encode()).decode()


def test_form_uploads_to_the_bucket_whose_url_it_is_sent_to() -> None:
    assert form().text == "uploaded"
    assert form(url="/bucket/").text == "uploaded"
    assert form(url="/", host="bucket.localhost").text == "uploaded"


@pytest.mark.parametrize(
    "fields",
    [
        FIELDS | {"key": "out/a"},
        FIELDS | {"acl": "public"},
        FIELDS | {"policy": policy(conditions=[])},
        FIELDS | {"policy": policy(expiration="2020-01-01T00:00:00Z")},
        FIELDS | {"x-amz-credential": FIELDS["x-amz-credential"].replace("/s3/", "/iam/")},
        {"key": "in/a"},
        [*FIELDS.items(), ("key", "out/a")],
        FIELDS | {"key": "out/a", "KEY": "in/a"},
    ],
    ids=["key", "field", "policy", "expiry", "service", "unsigned", "twice", "another case"],
)
def test_form_that_its_policy_does_not_allow_is_refused(fields: Any) -> None:
    assert form(fields).status_code in (400, 403)


def test_file_has_the_size_that_the_policy_allows() -> None:
    assert form(content="x" * 11).status_code == 403
    assert form(content="").status_code == 403


@pytest.mark.parametrize(
    "where",
    [
        {"url": "/another"},
        {"url": "/another", "fields": FIELDS | {"bucket": "bucket"}},
        {"url": "/", "host": "another.localhost"},
        {"url": "/"},
        {"url": "/bucket/key"},
        {"url": "/bucket", "host": "bucket.localhost"},
        {"url": "/bucket?delete"},
        {"url": "/?Action=CreateUser", "host": "iam.localhost"},
        {"url": "/bucket/key", "method": "PUT"},
        {"url": "/bucket/key", "method": "DELETE"},
        {"method": "GET"},
        {"X_Amz_Target": "SageMaker.ListModels"},
        {"X_Amz_Acl": "public-read"},
    ],
    # Of what each process signs anew no process may make a name.
    ids=lambda where: str({name: value for name, value in where.items() if name != "fields"}),
)
def test_form_is_good_for_nothing_but_an_upload_to_its_bucket(where: dict[str, Any]) -> None:
    assert form(**where).status_code == 403


@pytest.mark.parametrize("name", ["policy", "x-amz-signature", "x-amz-credential"])
def test_odd_field_is_refused_and_no_fault_of_the_server(name: str) -> None:
    assert form(FIELDS | {name: "\u20ac"}).status_code in (400, 403)


def test_too_many_or_too_large_fields_are_refused() -> None:
    for fields in ({f"x-ignore-{n}": "" for n in range(2000)}, {"x-ignore-a": "a" * 505_000}):
        refused = form(FIELDS | fields)
        assert "<Code>MaxPostPreDataLengthExceeded</Code>" in refused.text
