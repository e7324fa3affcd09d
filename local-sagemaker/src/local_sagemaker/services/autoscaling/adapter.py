"""Lets moto's Application Auto Scaling know the endpoints of the local SageMaker."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError
from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend

from local_sagemaker.protocol.callers import client_of
from local_sagemaker.services.autoscaling.permission_probes import require_permissions
from local_sagemaker.services.patching import replace

DIMENSION = "sagemaker:variant:DesiredInstanceCount"


def install() -> None:
    register = ApplicationAutoscalingBackend.register_scalable_target
    put_policy = ApplicationAutoscalingBackend.put_scaling_policy

    def register_existing_variant(
        backend: Any, namespace: str, r_id: str, dimension: str, *rest: Any, **named: Any
    ) -> Any:
        variant = None
        if namespace == "sagemaker":
            require_permissions(backend.region_name, _names(r_id)[0])
            variant = _variant(backend, r_id)
        target = register(backend, namespace, r_id, dimension, *rest, **named)
        if variant is not None and dimension == DIMENSION:
            _bring_within(backend, r_id, variant, target)
        return target

    def put_policy_on_target(
        backend: Any,
        policy_name: str,
        service_namespace: str,
        resource_id: str,
        scalable_dimension: str,
        *rest: Any,
        **named: Any,
    ) -> Any:
        if not backend._scalable_target_exists(resource_id, scalable_dimension):
            raise AWSValidationException(
                "No scalable target registered for service namespace: "
                f"{service_namespace}, resource ID: {resource_id}, scalable dimension: "
                f"{scalable_dimension}"
            )
        return put_policy(
            backend, policy_name, service_namespace, resource_id, scalable_dimension, *rest, **named
        )

    replace(ApplicationAutoscalingBackend, "register_scalable_target", register_existing_variant)
    replace(ApplicationAutoscalingBackend, "put_scaling_policy", put_policy_on_target)


def _names(resource_id: str) -> tuple[str, str]:
    """Endpoint and variant of `endpoint/<endpoint>/variant/<variant>`."""
    _, endpoint, _, variant = [*resource_id.split("/"), "", "", "", ""][:4]
    return endpoint, variant


def _variant(backend: Any, resource_id: str) -> dict[str, Any]:
    """The summary of `endpoint/<endpoint>/variant/<variant>`; one that is missing is refused."""
    endpoint, name = _names(resource_id)
    sagemaker = client_of("autoscaling", "sagemaker", backend.region_name)
    try:
        described = sagemaker.describe_endpoint(EndpointName=endpoint)
    except ClientError as error:
        raise AWSValidationException(error.response["Error"]["Message"]) from error
    for summary in described.get("ProductionVariants", []):
        if summary["VariantName"] == name:
            return dict(summary)
    raise AWSValidationException(f"Endpoint {endpoint} has no variant '{name}' in service.")


def _bring_within(backend: Any, resource_id: str, variant: dict[str, Any], target: Any) -> None:
    """Scale to the nearest bound when the count is outside of them."""
    count = variant.get("DesiredInstanceCount")
    if count is None:
        raise AWSValidationException(f"{resource_id} is serverless: it has no instance count.")
    wanted = min(max(count, int(target.min_capacity)), int(target.max_capacity))
    if wanted == count:
        return
    change = {"VariantName": variant["VariantName"], "DesiredInstanceCount": wanted}
    sagemaker = client_of("autoscaling", "sagemaker", backend.region_name)
    try:
        sagemaker.update_endpoint_weights_and_capacities(
            EndpointName=_names(resource_id)[0], DesiredWeightsAndCapacities=[change]
        )
    except ClientError as error:
        raise AWSValidationException(error.response["Error"]["Message"]) from error
