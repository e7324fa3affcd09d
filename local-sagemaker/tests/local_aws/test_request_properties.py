"""Whatever is sent to the services that moto answers: an answer, or the client's error."""

from __future__ import annotations

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import given, reject
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.odd_requests import odd_requests
from tests.local_aws.resources import make

RAW = Config(parameter_validation=False, inject_host_prefix=False,
             retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})  # fmt: skip


@cache
def raw_client(local_aws: LocalAws, service: str) -> tuple[Any, list[Any]]:
    """A client that checks nothing, and what it has sent."""
    client, sent = local_aws.client(service, config=RAW), list[Any]()
    client.meta.events.register("before-send", lambda request, **_: sent.append(request))
    return client, sent


def send(local_aws: LocalAws, service: str, operation: str, request: Any) -> tuple[int, str]:
    """Status and error code as botocore reads them; what it cannot send is rejected."""
    client, sent = raw_client(local_aws, service)
    sent.clear()
    try:
        answer = client._make_api_call(operation, request)
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        return int(status), str(error.response["Error"]["Code"])
    except Exception:
        if sent:
            raise
        reject()
    return int(answer["ResponseMetadata"]["HTTPStatusCode"]), ""


@given(odd_requests())
def test_any_request_is_answered_or_refused(
    local_aws: LocalAws, asked: tuple[str, str, dict[str, Any]]
) -> None:
    service, operation, request = asked
    make(local_aws, service)
    status, code = send(local_aws, service, operation, request)
    assert status < 500, (status, code)
    assert status < 400 or code, status
