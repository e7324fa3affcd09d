"""Bodies that are too large, too slow, cut off or not what their digest says leave nothing."""

from __future__ import annotations

import hashlib
import http.client
import socket
import threading
import time
import uuid
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from local_sagemaker.http.request_body import read_body
from local_sagemaker.http.request_handler import RequestHandler
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.wire import patient_input
from local_sagemaker.wire.server import wsgi_server

TRAILED = {
    "X_Amz_Content_SHA256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "X_Amz_Decoded_Content_Length": "0",
}
LARGE = {"Content-Length": str(6 * 2**30)}


@pytest.fixture
def bucket(local_aws: LocalAws) -> str:
    name = f"bodies-{uuid.uuid4().hex[:8]}"
    local_aws.client("s3").create_bucket(Bucket=name)
    return name


def head(local_aws: LocalAws, method: str, path: str, service: str, **headers: str) -> bytes:
    """Request line and headers of a signed request whose body is not yet sent."""
    url = f"{local_aws.endpoint_url}{path}"
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    named = given.pop("X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD")
    request = AWSRequest(method, url, headers=given)
    keys = local_aws.server.keys
    credentials = Credentials(keys.access_key_id, keys.secret_access_key)
    signer: Any = (S3SigV4Auth if service == "s3" else SigV4Auth)(credentials, service, "us-east-1")
    signer.payload = lambda _: named
    signer.add_auth(request)
    sent = {**dict(request.headers.items()), "Host": urlsplit(url).netloc}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def connect(local_aws: LocalAws) -> socket.socket:
    address = urlsplit(local_aws.endpoint_url)
    return socket.create_connection((address.hostname, address.port), timeout=60)


def answer(local_aws: LocalAws, request: bytes) -> tuple[int, str]:
    """To a request that ends here, whatever it has promised."""
    with connect(local_aws) as client:
        client.sendall(request)
        client.shutdown(socket.SHUT_WR)
        response: Any = http.client.HTTPResponse(client)
        response.begin()
        return response.status, response.read().decode()


def stored(local_aws: LocalAws, bucket: str) -> list[Any]:
    """Objects of the bucket, and how many files there are of contents."""
    listed = local_aws.client("s3").list_objects_v2(Bucket=bucket).get("Contents", [])
    return [*listed, len(list((local_aws.directory / "work" / "objects").iterdir()))]


@pytest.mark.parametrize(
    ("service", "path", "status", "code"),
    [
        ("s3", "/{}/key", 400, "EntityTooLarge"),
        ("sagemaker", "/endpoints/shop/invocations", 413, "exceeded 6291456 bytes"),
        ("sagemaker", "/", 413, "RequestEntityTooLargeException"),
        ("sts", "/", 413, "RequestEntityTooLargeException"),
        ("lambda", "/2015-03-31/functions/f/invocations", 413, "InvokeFunction"),
        ("lambda", "/2015-03-31/functions", 413, "70167211"),
    ],
)
def test_body_that_is_announced_as_too_large_is_refused_before_it_comes(
    local_aws: LocalAws, bucket: str, service: str, path: str, status: int, code: str
) -> None:
    method = "PUT" if service == "s3" else "POST"
    request = head(local_aws, method, path.format(bucket), service, **LARGE)
    found = answer(local_aws, request)
    assert (found[0], code in found[1]) == (status, True), found


def test_body_without_a_length_is_counted(local_aws: LocalAws) -> None:
    path = "/endpoints/shop/invocations"
    request = head(local_aws, "POST", path, "sagemaker", Transfer_Encoding="chunked")
    chunk = b"100000\r\n" + b"a" * 2**20 + b"\r\n"
    assert answer(local_aws, request + chunk * 7 + b"0\r\n\r\n")[0] == 413


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        ({"Content_Length": "10"}, b"short", "IncompleteBody"),
        ({"Transfer_Encoding": "chunked"}, b"5\r\nabcde\r\n", "IncompleteBody"),
        ({"Transfer_Encoding": "chunked"}, b"zz\r\nabcde\r\n0\r\n\r\n", "IncompleteBody"),
        ({"Content_MD5": "c2hvcnQ="}, b"abcde", "InvalidDigest"),
        ({"Content_MD5": "1B2M2Y8AsgTpgAmY7PhCfg=="}, b"abcde", "BadDigest"),
        ({"x_amz_checksum_crc32": "AAAAAA=="}, b"abcde", "BadDigest"),
        ({"x_amz_checksum_sha256": "no base64"}, b"abcde", "BadDigest"),
        ({"X_Amz_Content_SHA256": hashlib.sha256(b"").hexdigest()}, b"abcde", "SignatureDoesNot"),
        ({"X_Amz_Content_SHA256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"}, b"5\r\nab", "Incomplete"),
        ({"x_amz_checksum_crc64nvme": "AAAAAAAAAAA="}, b"abcde", "BadDigest"),
        ({"X_Amz_Content_SHA256": "E" * 64}, b"abcde", "SignatureDoesNot"),
        ({"X_Amz_Content_SHA256": "anything"}, b"abcde", "SignatureDoesNot"),
        ({**TRAILED, "X_Amz_Trailer": "x-amz-checksum-crc32"}, b"0\r\n\r\n", "IncompleteBody"),
        (TRAILED, b"0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "IncompleteBody"),
        ({"X_Amz_Content_SHA256": "STREAMING-OTHER"}, b"abcde", "NotImplemented"),
    ],
)
def test_upload_that_is_not_what_it_says_leaves_nothing(
    local_aws: LocalAws, bucket: str, headers: dict[str, str], body: bytes, code: str
) -> None:
    before = stored(local_aws, bucket)
    if "Transfer_Encoding" not in headers:
        headers = {"Content_Length": str(len(body)), **headers}
    status, text = answer(local_aws, head(local_aws, "PUT", f"/{bucket}/k", "s3", **headers) + body)
    assert (status // 100, code in text) in ((4, True), (5, code == "NotImplemented")), text
    assert stored(local_aws, bucket) == before


def test_slow_client_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server waits for half a minute, and then for a KB a second."""
    monkeypatch.setattr(patient_input, "GRACE_SECONDS", 0.3)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        reader = patient_input.PatientInput(theirs)
        ours.send(b"a")
        assert reader.readinto(bytearray(1)) == 1
        time.sleep(0.4)
        ours.send(b"a")
        with pytest.raises(TimeoutError):
            reader.readinto(bytearray(1))
        silent = patient_input.PatientInput(theirs)
        assert silent.readinto(bytearray(1)) == 1
        with pytest.raises(TimeoutError):
            silent.readinto(bytearray(1))


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ("Content-Length: 1\r\nContent-Length: 2", "Content-Length is not one whole number"),
        ("Content-Length: 1, 1", "Content-Length is not one whole number"),
        ("Content-Length: +1", "Content-Length is not one whole number"),
        ("Content-Length: \u00b2", "Content-Length is not one whole number"),
        ("Content-Length: 1\r\nTransfer-Encoding: chunked", "and Transfer-Encoding"),
        ("Transfer-Encoding: gzip, chunked", "is not chunked"),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "is not chunked"),
        ("Origin : http://evil.example", "A line of the headers is none"),
        ("no name\r\nOrigin: http://evil.example", "A line of the headers is none"),
    ],
)
def test_request_whose_end_can_be_read_in_two_ways_is_refused_at_once(
    local_aws: LocalAws, headers: str, words: str
) -> None:
    request = f"PUT /bucket/key HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", local_aws.server.port), timeout=20) as client:
        client.sendall(request.encode("latin-1"))
        answer = b"".join(iter(lambda: client.recv(4096), b"")).decode()
    assert answer.startswith("HTTP/1.1 400 ")
    assert words in answer


@pytest.mark.parametrize(
    "sent", [b"", b"PUT / HTTP", b"PUT / HTTP/1.1\r\nContent-Length: 9\r\n\r\na"]
)
def test_connection_that_says_no_more_is_closed(
    sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patient_input, "GRACE_SECONDS", 0.3)

    def application(environ: Any, start_response: Any) -> Any:
        read_body({"PATH_INFO": "/", **environ})
        raise AssertionError("the body is whole")

    server = wsgi_server("127.0.0.1", 0, application, RequestHandler)
    threading.Thread(target=server.handle_request, daemon=True).start()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
        client.sendall(sent)
        while client.recv(1000):
            pass
    server.server_close()
