"""What a web page that a developer visits can send to local AWS: none of it is answered.

A form needs no preflight, and with a content type of text/plain it can send any body.
"""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

import pytest
from local_sagemaker.local_aws import LocalAws

UNSIGNED = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, Signature=x"
ROLE = "Action=CreateRole&RoleName=evil&AssumeRolePolicyDocument={}&Version=2010-05-08"


def send(
    local_aws: LocalAws, method: str, path: str, body: str = "", **headers: str
) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of the answer."""
    connection = http.client.HTTPConnection(urlsplit(local_aws.endpoint_url).netloc, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body.encode(), headers=named)
    response = connection.getresponse()
    answer = (response.status, dict(response.getheaders()), response.read().decode())
    connection.close()
    return answer


@pytest.mark.parametrize(
    "browser",
    [
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "null", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "http://localhost:3000", "Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Host": "rebound.evil.example:4566"},
        {},
    ],
    ids=["page", "sandboxed frame", "other port", "image", "rebinding", "no browser's headers"],
)
def test_page_cannot_make_a_role(local_aws: LocalAws, browser: dict[str, str]) -> None:
    for content_type in ("application/x-www-form-urlencoded", "text/plain"):
        headers = {"Content_Type": content_type, "Authorization": UNSIGNED, **browser}
        status, answered, _ = send(local_aws, "POST", "/", ROLE, **headers)
        assert status in (400, 403)
        assert not [name for name in answered if name.lower().startswith("access-control")]
    roles = local_aws.client("iam").list_roles()["Roles"]
    assert "evil" not in {role["RoleName"] for role in roles}


def test_page_gets_no_leave_to_ask(local_aws: LocalAws) -> None:
    preflight = {
        "Origin": "https://evil.example",
        "Access_Control_Request_Method": "POST",
        "Access_Control_Request_Headers": "authorization,x-amz-target",
    }
    status, answered, _ = send(local_aws, "OPTIONS", "/", **preflight)
    assert status == 403
    assert not [name for name in answered if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/moto-api/reset"),
        ("POST", "/moto-api/recorder/upload-recording"),
        ("POST", "/moto-api/recorder/replay-recording"),
        ("GET", "/moto-api/data.json"),
        ("GET", "/moto-api/"),
        ("POST", "/_local_aws/faults"),
        ("GET", "/_local_aws/calls"),
        ("GET", "/"),
        ("PUT", "/bucket"),
    ],
)
def test_nobody_without_keys_is_answered(local_aws: LocalAws, method: str, path: str) -> None:
    status, _, _ = send(local_aws, method, path)
    assert status == 403


def test_anybody_may_ask_for_its_health(local_aws: LocalAws) -> None:
    status, _, body = send(local_aws, "GET", "/_local_aws/health")
    assert status == 200
    assert set(json.loads(body)) == {"status", "port", "pid"}
