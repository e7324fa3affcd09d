"""Requests that cannot be read are the client's error, in the protocol of the service."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

from tests.local_aws.function_zip import create_function

DEEP = b"[" * 100_000


def ask(
    local_aws: Any,
    service: str,
    body: bytes,
    path: str = "/",
    method: str = "POST",
    **headers: str,
) -> tuple[int, str]:
    """Status and body of the answer."""
    connection = http.client.HTTPConnection(urlsplit(local_aws.endpoint_url).netloc, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    keys = local_aws.server.keys
    request = AWSRequest(method, local_aws.endpoint_url + path, headers=named, data=body)
    credentials = Credentials(keys.access_key_id, keys.secret_access_key)
    SigV4Auth(credentials, service, "us-east-1").add_auth(request)
    connection.request(method, path, body=body, headers=dict(request.headers.items()) | named)
    response = connection.getresponse()
    answer = (response.status, response.read().decode(errors="replace"))
    connection.close()
    return answer


@pytest.mark.parametrize(
    "body",
    [DEEP, b"{", b"[]", b"\xff\xfe"],
    ids=["nested", "cut off", "list", "no text"],
)
@pytest.mark.parametrize(
    ("service", "target"),
    [
        ("sagemaker", "SageMaker.ListModels"),
        ("states", "AWSStepFunctions.ListStateMachines"),
        ("logs", "Logs_20140328.DescribeLogGroups"),
        ("events", "AWSEvents.PutEvents"),
        ("sqs", "AmazonSQS.CreateQueue"),
    ],
)
@pytest.mark.parametrize(
    "content", ["application/x-amz-json-1.1", "application/x-www-form-urlencoded"]
)
def test_body_that_is_no_json_object_is_a_serialization_exception(
    local_aws: Any, service: str, target: str, body: bytes, content: str
) -> None:
    status, answer = ask(local_aws, service, body, X_Amz_Target=target, Content_Type=content)
    assert (status, json.loads(answer)["__type"]) == (400, "SerializationException")


@pytest.mark.parametrize(
    ("service", "path", "code"),
    [
        ("lambda", "/2015-03-31/functions/", "SerializationException"),
        ("scheduler", "/schedules/nightly", "SerializationException"),
    ],
)
def test_service_that_speaks_rest_refuses_such_a_body_too(
    local_aws: Any, service: str, path: str, code: str
) -> None:
    for body in (DEEP, b"\xff\xfe"):
        status, answer = ask(local_aws, service, body, path, Content_Type="application/json")
        assert (status, json.loads(answer)["__type"]) == (400, code)


def test_s3_says_that_xml_is_malformed(local_aws: Any) -> None:
    local_aws.client("s3").create_bucket(Bucket="malformed")
    status, answer = ask(local_aws, "s3", b"<a>" * 1000, "/malformed?tagging", "PUT")
    assert (status, "<Code>MalformedXML</Code>" in answer) == (400, True)


@pytest.mark.parametrize(
    "signature", ["AWS4-HMAC-SHA256 garbage", "AWS4-HMAC-SHA256 Credential=a/b"]
)
def test_signature_that_cannot_be_read_is_incomplete(local_aws: Any, signature: str) -> None:
    target = "AWSStepFunctions.ListStateMachines"
    status, answer = ask(local_aws, "states", b"{}", X_Amz_Target=target, Authorization=signature)
    assert (status, json.loads(answer)["__type"]) == (400, "IncompleteSignatureException")


@pytest.mark.parametrize(
    "line", [b"GET http://[::1/ HTTP/1.1", b"GET http://[x]/ HTTP/1.1", b"PRI * HTTP/2.0"]
)
def test_line_that_is_no_request_is_told_so(local_aws: Any, line: bytes) -> None:
    with socket.create_connection(("127.0.0.1", local_aws.server.port), timeout=60) as connection:
        connection.sendall(line + b"\r\nHost: localhost\r\n\r\n")
        answer = connection.makefile("rb").read()
    assert b"Error code: 400" in answer or b"Error code: 505" in answer


def test_rule_of_a_fault_that_is_nested_is_refused(local_aws: Any) -> None:
    status, _ = ask(local_aws, "s3", DEEP, "/_local_aws/faults")
    assert status == 400


@pytest.mark.parametrize(
    ("service", "headers", "body"),
    [
        ("states", {"X_Amz_Target": "AWSStepFunctions.StopExecution"}, b'{"executionArn": null}'),
        ("states", {"X_Amz_Target": "AWSStepFunctions.DescribeStateMachine"}, b"{}"),
        (
            "sts",
            {"Content_Type": "application/x-www-form-urlencoded"},
            b"Action=GetSessionToken&Version=2011-06-15&DurationSeconds=long",
        ),
    ],
    ids=["null", "missing", "form"],
)
def test_request_that_breaks_the_api_description_is_a_validation_exception(
    local_aws: Any, service: str, headers: dict[str, str], body: bytes
) -> None:
    status, answer = ask(local_aws, service, body, **headers)
    code = "ValidationError<" if service == "sts" else "ValidationException"
    assert (status, code in answer) == (400, True), answer


def test_objects_are_deleted_by_the_list_that_its_digest_is_of(local_aws: Any) -> None:
    local_aws.client("s3").create_bucket(Bucket="digested")
    body = b"<Delete><Object><Key>k</Key></Object></Delete>"
    digest = "1B2M2Y8AsgTpgAmY7PhCfg=="  # of nothing
    status, answer = ask(local_aws, "s3", body, "/digested?delete", Content_MD5=digest)
    assert (status, "<Code>BadDigest</Code>" in answer) == (400, True)


def test_metrics_so_many_that_a_client_compresses_them_arrive(local_aws: Any) -> None:
    cloudwatch = local_aws.client("cloudwatch")
    data = [{"MetricName": f"loss-{number}", "Value": 1.0} for number in range(500)]
    cloudwatch.put_metric_data(Namespace="compressed", MetricData=data)
    pages = cloudwatch.get_paginator("list_metrics").paginate(Namespace="compressed")
    assert sum(len(page["Metrics"]) for page in pages) == 500


@pytest.mark.parametrize("body", [b"{}", gzip.compress(b"{}")[:-9]], ids=["plain", "cut off"])
def test_body_that_is_not_compressed_as_it_says_is_told(local_aws: Any, body: bytes) -> None:
    headers = {
        "X_Amz_Target": "GraniteServiceVersion20100801.PutMetricData",
        "Content_Encoding": "gzip",
        "Content_Type": "application/x-amz-json-1.0",
    }
    status, answer = ask(local_aws, "monitoring", body, **headers)
    assert (status, "not in the gzip format" in answer) == (400, True)


def test_value_of_another_type_is_kept_nowhere(local_aws: Any) -> None:
    """moto would keep it, and botocore stumble over the answer of whoever asks for it."""
    local_aws.client("logs").create_log_group(logGroupName="typed")
    for service, path, headers, body in (
        ("scheduler", "/schedule-groups/typed", {}, b'{"Tags": "none"}'),
        ("lambda", "/2015-03-31/functions", {}, b'{"FunctionName": "typed", "Timeout": "ten"}'),
        ("logs", "/", {"X_Amz_Target": "Logs_20140328.PutDestination"}, b'{"destinationName": {}}'),
        ("logs", "/", {"X_Amz_Target": "Logs_20140328.PutRetentionPolicy"},
         b'{"logGroupName": "typed", "retentionInDays": "long"}'),
        ("states", "/", {"X_Amz_Target": "AWSStepFunctions.DescribeExecution"},
         b'{"executionArn": [1]}'),
        ("sqs", "/", {"X_Amz_Target": "AmazonSQS.TagQueue"}, b'{"QueueUrl": "q", "Tags": 1.5}'),
    ):  # fmt: skip
        status, answer = ask(local_aws, service, body, path, **headers)
        assert (status, json.loads(answer)["__type"]) == (400, "SerializationException")
        assert "can not be converted to" in answer


def test_null_counts_as_left_out(local_aws: Any) -> None:
    body = b'{"logGroupName": "without-key", "kmsKeyId": null}'
    target = "Logs_20140328.CreateLogGroup"
    assert ask(local_aws, "logs", body, X_Amz_Target=target)[0] == 200


@pytest.mark.parametrize("character", ["%00", "%1F", "%0b", "%EF%BF%BE", "\x01"])
def test_form_has_no_character_that_the_answer_could_not_have(
    local_aws: Any, character: str
) -> None:
    """iam would answer `There is no role ...` in XML, which has no such character."""
    form = f"Action=GetRole&Version=2010-05-08&RoleName=a{character}".encode()
    headers = {"Content_Type": "application/x-www-form-urlencoded"}
    status, answer = ask(local_aws, "iam", form, **headers)
    assert (status, "<Code>ValidationError</Code>" in answer) == (400, True)


MAIL = "message/rfc822"
BOUNDARY = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nrow\r\n--x--\r\n'


@pytest.mark.parametrize("body", [b"Action=\x01%00", b"uploadId=1&acl=", b"\xff\xfe", PART])
@pytest.mark.parametrize("called", ["application/x-www-form-urlencoded", BOUNDARY, MAIL])
def test_object_that_a_client_calls_a_form_is_stored_as_it_is(
    local_aws: Any, body: bytes, called: str
) -> None:
    s3, named = local_aws.client("s3"), {"Bucket": "called-forms", "Key": "key"}
    s3.create_bucket(Bucket="called-forms")
    s3.put_object(**named, Body=body, ContentType=called)
    stored = s3.get_object(**named)
    assert (stored["Body"].read(), stored["ContentType"]) == (body, called)
    upload = s3.create_multipart_upload(**named, ContentType=called)["UploadId"]
    part = s3.upload_part(**named, UploadId=upload, PartNumber=1, Body=body)
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    s3.complete_multipart_upload(**named, UploadId=upload, MultipartUpload=parts)
    stored = s3.get_object(**named)
    assert (stored["Body"].read(), stored["ContentType"]) == (body, called)


def test_event_that_a_client_calls_a_form_is_an_event(local_aws: Any) -> None:
    function = create_function(local_aws, "def handler(event, _): return event")
    headers = {"Content_Type": "application/x-www-form-urlencoded"}
    path = f"/2015-03-31/functions/{function}/invocations"
    assert ask(local_aws, "lambda", b'{"a": 1}', path, **headers) == (200, '{"a": 1}')


def test_browser_uploads_with_a_form(local_aws: Any) -> None:
    s3 = local_aws.client("s3", config=Config(signature_version="s3v4"))
    s3.create_bucket(Bucket="uploads")
    form = s3.generate_presigned_post("uploads", "key")
    answer = requests.post(form["url"], data=form["fields"], files={"file": b"row"}, timeout=60)
    assert answer.status_code == 204
    assert s3.get_object(Bucket="uploads", Key="key")["Body"].read() == b"row"
