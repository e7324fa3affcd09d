"""moto stumbles: the request is at fault where there is evidence for it, else local AWS is."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from local_sagemaker.http.application import LocalAwsApplication
from moto.utilities.arns import parse_arn
from werkzeug.test import run_wsgi_app

TOPIC = "arn:aws:sns:us-east-1:123456789012:topic"


def answer(
    service: str, stumble: Callable[[], object], body: str = "", path: str = "/", **more: str
) -> tuple[int, str]:
    """What local AWS answers when moto stumbles so over the request."""

    def moto(_environ: Any, _start: Any) -> Any:
        stumble()

    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body.encode()),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_AUTHORIZATION": "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/"
        f"{service}/aws4_request, SignedHeaders=host, Signature=0",
        **more,
    }
    application = LocalAwsApplication(port=1, sagemaker=moto, stepfunctions=moto, moto=moto)
    content, status, _ = run_wsgi_app(application, environ)
    return int(status.split()[0]), b"".join(content).decode()


def key_error(key: str) -> Callable[[], object]:
    empty: dict[str, str] = {}
    return lambda: empty[key]


def form(**members: str) -> dict[str, str]:
    return {
        "body": "&".join(f"{name}={value}" for name, value in members.items()),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
    }


def target(name: str, **members: Any) -> dict[str, str]:
    return {"HTTP_X_AMZ_TARGET": name, "body": json.dumps(members)}


def test_a_key_that_the_request_gives_is_not_there() -> None:
    asked = form(Action="GetTopicAttributes", TopicArn=TOPIC)
    status, content = answer("sns", key_error(TOPIC), **asked)
    assert (status, "<Code>NotFound</Code>" in content) == (404, True), content
    asked = target("Logs_20140328.DeleteLogGroup", logGroupName="lost")
    status, content = answer("logs", key_error("lost"), **asked)
    assert (status, json.loads(content)["__type"]) == (400, "ResourceNotFoundException")


def test_a_key_that_is_in_the_path_is_not_there() -> None:
    stumble = key_error("no%2Egroup")
    path = "/schedule-groups/no.group"
    more = {"REQUEST_METHOD": "DELETE", "RAW_URI": "/schedule-groups/no%2Egroup?clientToken=x"}
    status, content = answer("scheduler", stumble, path=path, **more)
    assert (status, json.loads(content)["message"]) == (404, "There is no no.group.")


def test_a_key_that_the_request_does_not_give_is_a_defect(caplog: pytest.LogCaptureFixture) -> None:
    asked = form(Action="GetTopicAttributes", TopicArn=TOPIC)
    status, content = answer("sns", key_error("owner"), **asked)
    assert (status, "<Code>InternalFailure</Code>" in content) == (500, True)
    assert "Traceback" in caplog.text


def test_an_arn_that_is_none_is_invalid() -> None:
    asked = form(Action="GetTopicAttributes", TopicArn="a:b")
    status, content = answer("sns", lambda: parse_arn("a:b"), **asked)
    assert (status, "<Code>InvalidParameter</Code>" in content) == (400, True)
    assert "TopicArn: it is no ARN" in content


def test_a_well_formed_arn_that_moto_cannot_read_is_a_defect() -> None:
    asked = form(Action="GetTopicAttributes", TopicArn=TOPIC)
    assert answer("sns", lambda: parse_arn("a:b"), **asked)[0] == 500


def test_a_value_that_the_error_quotes_is_invalid() -> None:
    asked = form(Action="ListTopics", NextToken="second")
    status, content = answer("sns", lambda: int("second"), **asked)
    assert (status, "<Code>InvalidParameter</Code>" in content) == (400, True)
    assert answer("sns", lambda: int("third"), **asked)[0] == 500


def test_a_refusal_of_moto_that_has_no_class_is_invalid() -> None:
    def refuse() -> None:
        raise Exception("row is not a repository")  # as moto does

    prefix = "AmazonEC2ContainerRegistry_V20150921.PutImage"
    asked = target(prefix, repositoryName="row", imageManifest="{}")
    status, content = answer("ecr", refuse, **asked)
    assert (status, json.loads(content)["__type"]) == (400, "InvalidParameterException")


def test_a_member_that_aws_does_without_is_lacking_here() -> None:
    asked = target("DynamoDB_20120810.ListExports")
    status, content = answer("dynamodb", key_error("TableArn"), **asked)
    assert (status, json.loads(content)) == (
        400,
        {"__type": "UnknownOperationException",
         "message": "Local AWS lacks this operation: ListExports without TableArn"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("service", "asked", "rule"),
    [
        ("iam", form(Action="TagRole", RoleName="r", **{"Tags.member.1.Key": "k"}), "Value"),
        ("sns", form(Action="Publish", Message="m"), "one of TopicArn, TargetArn, PhoneNumber"),
        ("sts", form(Action="AssumeRole", RoleArn=TOPIC, RoleSessionName="session",
                     DurationSeconds="999999999"), "it is more than 43200"),
        ("logs", target("Logs_20140328.DescribeLogStreams", orderBy="Size"), "it is none of"),
        ("logs", target("Logs_20140328.DeleteLogGroup", logGroupName="a b"), "does not match"),
        ("logs", target("Logs_20140328.DeleteLogGroup", logGroupName="a" * 513), "more than 512"),
    ],
    ids=["required", "one of several", "upper bound", "enumeration", "pattern", "length"],
)  # fmt: skip
def test_a_request_that_breaks_its_description_is_the_clients_error(
    service: str, asked: dict[str, str], rule: str
) -> None:
    status, content = answer(service, key_error("owner"), **asked)
    assert (status, rule in content) == (400, True), content


def test_a_pattern_that_python_cannot_read_is_no_evidence() -> None:
    tag = [{"Key": "\u2028", "Value": "v"}]  # of [\\p{L}\\p{Z}...], as Java writes it
    asked = target("AWSEvents.TagResource", ResourceARN=TOPIC, Tags=tag)
    status, _ = answer("events", key_error("owner"), **asked)
    assert status == 500


@pytest.mark.parametrize("service", ["dynamodb", "kinesis", "logs"])
def test_a_request_without_an_operation_asks_for_none(service: str) -> None:
    status, content = answer(service, key_error("X-Amz-Target"))
    assert (status, json.loads(content)["__type"]) == (400, "UnknownOperationException")


def test_a_key_that_an_inner_member_leaves_out_is_what_local_aws_needs() -> None:
    asked = target("AWSEvents.PutPartnerEvents", Entries=[{"Detail": "{}"}])
    status, content = answer("events", key_error("Source"), **asked)
    assert (status, "PutPartnerEvents without Source" in content) == (400, True)


def test_a_query_without_what_goes_with_it_is_the_clients_error() -> None:
    """moto's router takes it for CreateBucket, whose description it does not break."""
    asked = {"REQUEST_METHOD": "PUT", "QUERY_STRING": "inventory", "path": "/bucket"}
    status, content = answer("s3", key_error("Destination"), **asked)
    assert status == 400
    assert "?inventory" in content
