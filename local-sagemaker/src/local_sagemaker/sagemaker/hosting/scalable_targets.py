"""The scalable targets of Application Auto Scaling that an endpoint's variants are."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.protocol.forwarding import client_of_caller
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.region import Region

_SERVICE = "application-autoscaling"


def deregister_targets(region: Region, endpoint: str) -> None:
    """DeleteEndpoint does so in its caller's name.

    Raises:
        ValidationException: the caller may not, in the words of
            awslabs/stable-diffusion-aws-extension#161.
    """
    paginator = region.application_autoscaling.get_paginator("describe_scalable_targets")
    caller = client_of_caller("sagemaker", _SERVICE, region.name) or region.application_autoscaling
    for page in paginator.paginate(ServiceNamespace="sagemaker"):
        for target in page["ScalableTargets"]:
            if target["ResourceId"].startswith(f"endpoint/{endpoint}/"):
                _deregister(caller, target)


def _deregister(caller: Any, target: Document) -> None:
    members = ("ServiceNamespace", "ResourceId", "ScalableDimension")
    try:
        caller.deregister_scalable_target(**{member: target[member] for member in members})
    except ClientError as error:
        if "AccessDenied" not in error.response["Error"]["Code"]:
            raise
        raise ValidationException(
            "An Application AutoScaling scalable target exists for a variant being deleted, and "
            "the IAM identity used to invoke DeleteEndpoint does not have "
            "application-autoscaling:DeregisterScalableTarget permission to deregister the "
            "scalable target."
        ) from error
