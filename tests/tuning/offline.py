"""boto3 clients that reach nothing: a Stubber answers for AWS."""

from __future__ import annotations

from typing import Any

import boto3


def offline_client(service: str) -> Any:
    return boto3.client(  # type: ignore[call-overload]
        service, region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x"
    )
