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
def raw_client(local_aws: LocalAws, service: str) -> tuple[Any, list[int]]:
    """A client that checks nothing, and the statuses of what it was answered."""
    client, answered = local_aws.client(service, config=RAW), list[int]()

    def remember(response_dict: Any, **_: Any) -> None:
        answered.append(response_dict["status_code"])

    client.meta.events.register_first("before-parse", remember)
    return client, answered


def send(local_aws: LocalAws, service: str, operation: str, request: Any) -> tuple[int, str]:
    """Status, and error code as botocore reads it; what it cannot send is rejected.

    The status is the server's: XML has no characters such as NUL, so that botocore cannot read what
    S3 itself answers where it quotes one, and makes it a status 500.
    """
    client, answered = raw_client(local_aws, service)
    answered.clear()
    try:
        client._make_api_call(operation, request)
    except ClientError as error:
        return answered[0], str(error.response["Error"]["Code"])
    except Exception:
        if answered:
            raise
        reject()
    return answered[0], ""


@given(odd_requests())
def test_any_request_is_answered_or_refused(
    local_aws: LocalAws, asked: tuple[str, str, dict[str, Any]]
) -> None:
    service, operation, request = asked
    make(local_aws, service)
    status, code = send(local_aws, service, operation, request)
    assert status < 500, (status, code)
    assert status < 400 or code, status
