"""The part of the plan that is about the endpoint: what its requests hold besides names."""

from __future__ import annotations

from typing import Any

from tuning.environment import PlanningEnvironment
from tuning.execution_input.endpoint import Endpoint
from tuning.execution_input.rollout import AutoScaling, DataCapture

MAX_POLLS = 60  # looks at the endpoint, 30 seconds apart: half an hour
POLL_SECONDS = 30
VARIANT = "AllTraffic"
# As the developer guide's example of a scaled endpoint has them, in seconds.
SCALE_IN_COOLDOWN, SCALE_OUT_COOLDOWN = 600, 300


def plan_endpoint(
    endpoint: Endpoint, environment: PlanningEnvironment, tags: list[dict[str, str]]
) -> dict[str, Any]:
    """`Config` and `Update` go into CreateEndpointConfig and UpdateEndpoint as they are."""
    name = endpoint.endpoint_name or environment.name_prefix
    plan: dict[str, Any] = {
        "EndpointName": name,
        "ExecutionRoleArn": environment.training_role_arn,
        "ProductionVariant": _variant(endpoint),
        "Config": {"Tags": tags, **_data_capture(endpoint.data_capture, environment)},
        "Update": _update(endpoint, environment),
        "MaxPolls": _max_polls(endpoint),
    }
    if endpoint.auto_scaling:
        plan["AutoScaling"] = _auto_scaling(endpoint.auto_scaling, name)
    return plan


def _variant(endpoint: Endpoint) -> dict[str, Any]:
    """The name stays the same, so that an update can keep the number of instances."""
    place: dict[str, Any] = {
        "InstanceType": endpoint.instance_type,
        "InitialInstanceCount": endpoint.least_instances,
    }
    if endpoint.serverless:
        place = {"ServerlessConfig": endpoint.serverless.to_sagemaker()}
    return {"VariantName": VARIANT, "InitialVariantWeight": 1, **place}


def _data_capture(capture: DataCapture | None, environment: PlanningEnvironment) -> dict[str, Any]:
    """The container's CSV is kept as text; SageMaker encodes what it does not know in base64."""
    if capture is None:
        return {}
    return {
        "DataCaptureConfig": {
            "EnableCapture": True,
            "InitialSamplingPercentage": capture.initial_sampling_percentage,
            "DestinationS3Uri": f"s3://{environment.bucket}/capture/",
            "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
            "CaptureContentTypeHeader": {"CsvContentTypes": ["text/csv"]},
        }
    }


def _update(endpoint: Endpoint, environment: PlanningEnvironment) -> dict[str, Any]:
    """Without it, an update would reset what autoscaling, or a person, has made of the endpoint."""
    keep = endpoint.auto_scaling is not None or endpoint.initial_instance_count is None
    keep = keep and endpoint.serverless is None  # which has no number of instances
    update: dict[str, Any] = {"RetainAllVariantProperties": keep}
    if endpoint.rollout:
        update["DeploymentConfig"] = endpoint.rollout.deployment_config(list(environment.alarms))
    return update


def _max_polls(endpoint: Endpoint) -> int:
    """A rollout may take its longest time, and then roll back."""
    rollout = endpoint.rollout.longest_seconds if endpoint.rollout else 0
    return MAX_POLLS + rollout // POLL_SECONDS


def _auto_scaling(scaling: AutoScaling, endpoint_name: str) -> dict[str, Any]:
    """Requests of Application Auto Scaling."""
    variant = {
        "ServiceNamespace": "sagemaker",
        "ResourceId": f"endpoint/{endpoint_name}/variant/{VARIANT}",
        "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
    }
    limits = {"MinCapacity": scaling.min_capacity, "MaxCapacity": scaling.max_capacity}
    return {
        "Target": {**variant, **limits},
        "Policy": {
            **variant,
            "PolicyName": f"{endpoint_name}-invocations",
            "PolicyType": "TargetTrackingScaling",
            "TargetTrackingScalingPolicyConfiguration": {
                "TargetValue": scaling.invocations_per_instance,
                "PredefinedMetricSpecification": {
                    "PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"
                },
                "ScaleInCooldown": SCALE_IN_COOLDOWN,
                "ScaleOutCooldown": SCALE_OUT_COOLDOWN,
            },
        },
    }
