"""Whether the destinations of a configuration are there and let S3 tell them."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.bucket_notifications.rules import InvalidArgumentError, each_of
from local_sagemaker.services.permissions.service_access import admits
from local_sagemaker.services.targets import action_on, service_of

S3 = "s3.amazonaws.com"


def check_destinations(configuration: dict[str, Any], bucket_arn: str) -> None:
    """Raises InvalidArgumentError, as S3 does when it cannot send its test message."""
    if any(not _is_reachable(one[kind], bucket_arn) for kind, one in each_of(configuration)):
        raise InvalidArgumentError("Unable to validate the following destination configurations")


def _is_reachable(arn: str, bucket_arn: str) -> bool:
    """S3 tells no FIFO queue and no FIFO topic ("Event notification types and destinations")."""
    service = service_of(arn)
    if service != "lambda" and arn.endswith(".fifo"):
        return False
    return admits(S3, action_on(service), arn, bucket_arn)
