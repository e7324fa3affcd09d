"""Only requests that are signed with keys of this server are answered.

The signatures are made by botocore, as every client in Python makes them.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from local_sagemaker.http import signed_requests
from local_sagemaker.http.signed_requests import SignedRequests
from local_sagemaker.protocol.keys import KeyPair, issue, random_pair
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Request, Response

OWNER = random_pair()
SESSION = KeyPair("ASIA00000000000000XX", "session secret")
URL = "http://localhost:4566"


def given_out(access_key_id: str, token: str) -> str | None:
    """By IAM and STS: one session, which has a token."""
    holds = (access_key_id, token) == (SESSION.access_key_id, "token")
    return SESSION.secret_access_key if holds else None


def behind(environ: dict[str, Any], start_response: Any) -> Any:
    return Response(Request(environ).get_data() or b"empty")(environ, start_response)


def send(method: str, url: str, headers: Any, body: bytes = b"") -> TestResponse:
    parts = urlsplit(url)
    client = Client(SignedRequests(behind, OWNER, given_out))
    return client.open(
        parts.path or "/", method=method, query_string=parts.query, headers=dict(headers),
        data=body, environ_overrides={"RAW_URI": url.removeprefix(URL)},
    )  # fmt: skip


def signed(
    keys: KeyPair = OWNER,
    *,
    url: str = f"{URL}/",
    body: bytes = b"{}",
    token: str | None = None,
    service: str = "sagemaker",
    change: Callable[[AWSRequest], None] = lambda request: None,
) -> TestResponse:
    """The answer to a request of a JSON service that is changed once it is signed."""
    headers = {
        "Host": "localhost:4566",
        "X-Amz-Target": "SageMaker.ListModels",
        "Content-Type": "application/x-amz-json-1.1",
    }
    request = AWSRequest("POST", url, headers=headers, data=body)
    credentials = Credentials(keys.access_key_id, keys.secret_access_key, token)
    SigV4Auth(credentials, service, "us-east-1").add_auth(request)
    change(request)
    return send("POST", url, request.headers.items(), request.data or b"")


def code(refused: TestResponse) -> str:
    """Of an error of a JSON service."""
    return str(json.loads(refused.data)["__type"])


def s3(keys: KeyPair = OWNER) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=URL,
        region_name="us-east-1",
        aws_access_key_id=keys.access_key_id,
        aws_secret_access_key=keys.secret_access_key,
        config=Config(signature_version="s3v4"),
    )


def test_the_owner_and_whoever_works_within_are_answered() -> None:
    assert signed(OWNER, body=b'{"a": 1}').data == b'{"a": 1}'
    assert signed(issue("lambda.retune-Decide")).status_code == 200
    assert signed(issue("states.retune.RunTuning")).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/a/b/", "/a%20b/%C3%A9", "/a//b", "/../x", "/a?b=c&a=%2F&e="]
)
def test_every_path_and_query_is_taken_as_it_was_signed(path: str) -> None:
    assert signed(url=f"{URL}{path}").status_code == 200


@pytest.mark.parametrize("name", ["X-Amz-Copy-Source", "X-Amz-Invocation-Type"])
def test_header_that_was_not_signed_says_nothing(name: str) -> None:
    refused = signed(change=sets(name, "another"))
    assert (refused.status_code, code(refused)) == (403, "AccessDeniedException")


def test_keys_of_a_session_need_its_token() -> None:
    assert signed(SESSION, token="token").status_code == 200
    assert signed(SESSION, token="another").status_code == 403
    assert signed(SESSION).status_code == 403


@pytest.mark.parametrize(
    "keys",
    [
        KeyPair("test", "test"),
        KeyPair("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY"),
        KeyPair("client", "local"),
    ],
    ids=["test", "documentation", "client"],
)
def test_keys_that_this_server_did_not_issue_are_refused(keys: KeyPair) -> None:
    refused = signed(keys)
    assert (refused.status_code, code(refused)) == (403, "UnrecognizedClientException")
    assert "local-sagemaker env" in refused.text


@pytest.mark.parametrize(
    "access_key_id",
    [OWNER.access_key_id, "lambda.f", "states.m.s", "sagemaker", "cloudformation"],
    ids=["owner", "function", "state", "sagemaker", "cloudformation"],
)
def test_an_id_without_its_secret_is_refused(access_key_id: str) -> None:
    refused = signed(KeyPair(access_key_id, "local"))
    assert (refused.status_code, code(refused)) == (403, "InvalidSignatureException")


def replaces(pattern: str, by: str) -> Callable[[AWSRequest], None]:
    def change(request: AWSRequest) -> None:
        request.headers["Authorization"] = re.sub(pattern, by, request.headers["Authorization"])

    return change


def sets(name: str, value: str) -> Callable[[AWSRequest], None]:
    def change(request: AWSRequest) -> None:
        del request.headers[name]
        request.headers[name] = value

    return change


def body_becomes(body: bytes) -> Callable[[AWSRequest], None]:
    return lambda request: setattr(request, "data", body)


@pytest.mark.parametrize(
    "change",
    [
        body_becomes(b'{"MaxResults": 100}'),
        sets("X-Amz-Target", "SageMaker.DeleteEndpoint"),
        sets("X-Amz-Date", f"{datetime.now(UTC) + timedelta(minutes=1):%Y%m%dT%H%M%SZ}"),
        replaces("us-east-1", "eu-west-1"),
        replaces("/sagemaker/", "/s3/"),
        replaces("Signature=.", "Signature=x"),
        replaces("content-type;", ""),
    ],
    ids=["body", "operation", "time", "region", "service", "signature", "signed headers"],
)
def test_what_was_changed_after_it_was_signed_is_refused(change: Any) -> None:
    assert signed(change=change).status_code == 403


@pytest.mark.parametrize(
    "header",
    [
        "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 ", "AWS AKIA:signature", "Bearer token", ",", "=",
        "AWS4-HMAC-SHA256 Credential=, SignedHeaders=host, Signature=0",
        "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request",
        "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=0",
        "AWS4-HMAC-SHA256 Credential=a/20260101//s/aws4_request, SignedHeaders=h, Signature=0",
        "AWS4-HMAC-SHA256 Credential=a/20260101/r/s/aws4_request,SignedHeaders=;;,Signature=",
    ],
)  # fmt: skip
def test_a_signature_that_is_none_is_refused_in_the_words_of_the_service(header: str) -> None:
    refused = signed(change=sets("Authorization", header))
    assert (refused.status_code, code(refused)) == (400, "IncompleteSignatureException")


def test_a_request_signed_long_ago_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_requests, "_CLOCK_SKEW", timedelta(seconds=-1))
    refused = signed()
    assert (refused.status_code, code(refused)) == (403, "InvalidSignatureException")
    assert "15 minutes" in refused.text


def test_unsigned_requests_are_refused_but_for_health() -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert send("GET", f"{URL}/_local_aws/health", {}).status_code == 200
    assert send("GET", f"{URL}/_local_aws/calls", {}).status_code == 403
    for action in (b"CreateUser", b"AssumeRoleWithWebIdentity", b"AssumeRoleWithSAML"):
        refused = send("POST", f"{URL}/", form, b"Action=" + action)
        assert "<Code>MissingAuthenticationToken</Code>" in refused.text
    assert "<Code>AccessDenied</Code>" in send("GET", f"{URL}/bucket/key", {}).text


@pytest.mark.parametrize("path", ["faults", "faults/1", "calls", "permissions", "save", "load"])
def test_what_is_the_servers_own_answers_its_owner_alone(path: str) -> None:
    """Whoever has the keys of a role could take faults away, or read a state out of a file."""
    url = f"{URL}/_local_aws/{path}"
    assert signed(OWNER, url=url, service="local-aws").status_code == 200
    for keys, token in ((SESSION, "token"), (issue("lambda.f..role"), None)):
        refused = signed(keys, url=url, token=token, service="local-aws")
        assert (refused.status_code, code(refused)) == (403, "AccessDeniedException")
        assert "is for the owner of this server" in refused.text


def test_presigned_url_holds_for_its_time_its_key_and_its_method() -> None:
    wanted = {"Bucket": "bucket", "Key": "a b/ü+~(1)", "VersionId": "c+d"}
    url = s3().generate_presigned_url("get_object", wanted, ExpiresIn=60)
    host = {"Host": urlsplit(url).netloc}
    assert send("GET", url, host).status_code == 200
    assert send("DELETE", url, host).status_code == 403
    assert send("GET", url.replace("a%20b", "c"), host).status_code == 403
    assert send("GET", url.replace("c%2Bd", "c+d"), host).status_code == 403
    assert send("GET", url.replace("Expires=60", "Expires=6000"), host).status_code == 403
    assert send("GET", url.replace("Expires=60", "Expires=9999999"), host).status_code == 400
    for added in ({"X-Amz-Copy-Source": "bucket/secret"}, {"X-Amz-Acl": "public-read"}):
        refused = send("GET", url, host | added)
        assert "which were not signed" in refused.text
    stranger = s3(KeyPair("test", "test")).generate_presigned_url("get_object", wanted)
    assert "<Code>InvalidAccessKeyId</Code>" in send("GET", stranger, host).text


def test_presigned_url_ends() -> None:
    url = s3().generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"}, ExpiresIn=0)
    time.sleep(1)
    ended = send("GET", url, {"Host": urlsplit(url).netloc})
    assert "Request has expired" in ended.text


@pytest.mark.parametrize(
    "query",
    [
        {"X-Amz-Expires": "9" * 5000},
        {"X-Amz-SignedHeaders": "\u20ac;\u2028"},
        {"X-Amz-Date": "99991231T235959Z", "X-Amz-Credential": "a/99991231/r/s3/aws4_request"},
        {"X-Amz-Signature": "\u20ac"},
        {"X-Amz-Credential": "a/20260101/\u20ac/s3/aws4_request"},
    ],
)
def test_odd_presigned_url_is_refused_and_no_fault_of_the_server(query: dict[str, str]) -> None:
    url = s3().generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"})
    given = dict(parse_qsl(urlsplit(url).query)) | query
    odd = f"{URL}/b/k?{urlencode(given)}"
    assert send("GET", odd, {"Host": urlsplit(url).netloc}).status_code in (400, 403)
