"""Whether the caller may do what Application Auto Scaling is going to do for it.

RegisterScalableTarget asks each service in the caller's name, by requests that can change nothing:
without the name of an alarm, of a random endpoint config, of a resize to nothing (Application Auto
Scaling user guide, "Permissions validation"; the random name in aws-controllers-k8s/community#2110,
the words in aws/aws-auto-scaling-custom-resource#25). What is refused for another reason is
allowed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError
from moto.applicationautoscaling.exceptions import AWSValidationException

from local_sagemaker.protocol.forwarding import client_of_caller


def require_permissions(region: str, endpoint: str) -> None:
    """Raises ValidationException with every permission that the caller lacks."""
    missing = [
        f"{service}:{operation}"
        for service, operation, request in _probes(endpoint)
        if _is_denied(service, operation, request, region)
    ]
    if missing:
        permissions = ", ".join(missing)
        raise AWSValidationException(f"User is missing the following permissions: {permissions}")


def _probes(endpoint: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield "sagemaker", "DescribeEndpoint", {"EndpointName": endpoint}
    yield "sagemaker", "DescribeEndpointConfig", {"EndpointConfigName": str(uuid.uuid4())}
    resize = {"EndpointName": endpoint, "DesiredWeightsAndCapacities": []}
    yield "sagemaker", "UpdateEndpointWeightsAndCapacities", resize
    yield "cloudwatch", "PutMetricAlarm", {}
    yield "cloudwatch", "DescribeAlarms", {"MaxRecords": 1}
    yield "cloudwatch", "DeleteAlarms", {}


def _is_denied(service: str, operation: str, request: dict[str, Any], region: str) -> bool:
    client = client_of_caller("application-autoscaling", service, region)
    if client is None:
        return False
    try:
        getattr(client, xform_name(operation))(**request)
    except ClientError as error:
        return "AccessDenied" in error.response["Error"]["Code"]
    return False
