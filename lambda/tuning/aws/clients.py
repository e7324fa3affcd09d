"""The clients of AWS's services, and what their answers have in common."""

from __future__ import annotations

from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# Adaptive: slows down by itself while AWS throttles, which a large tuning job can cause.
_RETRIES = Config(retries={"mode": "adaptive", "total_max_attempts": 8})


@cache
def client(service: str) -> Any:
    """The boto3 client of a service, made once per Lambda environment."""
    return boto3.client(service, config=_RETRIES)  # type: ignore[call-overload]


# What a call can raise: an answer that is an error, or no answer.
AWS_ERRORS = (ClientError, BotoCoreError)


def is_gone(error: ClientError) -> bool:
    """SageMaker has no error code of its own for a missing resource, only these words."""
    message = error.response["Error"]["Message"]
    return "Could not find" in message or "does not exist" in message


def describe(operation: str, **name: str) -> dict[str, Any]:
    """The answer of an operation that describes a resource of SageMaker; empty when it is gone."""
    try:
        described: dict[str, Any] = getattr(client("sagemaker"), operation)(**name)
    except ClientError as error:
        if not is_gone(error):
            raise
        return {}
    return described
