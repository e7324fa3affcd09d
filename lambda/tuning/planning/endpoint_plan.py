"""The part of the plan that is about the endpoint: what its requests hold besides names."""

from __future__ import annotations

from typing import Any

from tuning.environment import PlanningEnvironment
from tuning.execution_input.endpoint import Endpoint
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.requirements import Requirements
from tuning.execution_input.rollout import AutoScaling, DataCapture
from tuning.request_types import DataCaptureConfig, ProductionVariant, Tag
from tuning.variables.endpoint_plan import (
    AutoScalingRequests,
    ConfigMembers,
    EndpointPlan,
    UpdateMembers,
)

MAX_POLLS = 60  # looks at the endpoint, 30 seconds apart: half an hour
POLL_SECONDS = 30
VARIANT = "AllTraffic"
# As the developer guide's example of a scaled endpoint has them, in seconds.
SCALE_IN_COOLDOWN, SCALE_OUT_COOLDOWN = 600, 300


def plan_endpoint(
    run: ExecutionInput,
    environment: PlanningEnvironment,
    tags: list[Tag],
    required: Requirements,
) -> EndpointPlan:
    """For the endpoint that the input names, or the one of the app's prefix."""
    endpoint = run.endpoint
    name, scaling = endpoint.endpoint_name or environment.name_prefix, endpoint.auto_scaling
    capture = endpoint.data_capture
    return EndpointPlan(
        endpoint_name=name,
        execution_role_arn=environment.training_role_arn,
        vpc_config=run.vpc_config.to_sagemaker() if run.vpc_config else None,
        enable_network_isolation=run.enable_network_isolation,
        production_variant=_variant(endpoint),
        config=ConfigMembers(
            tags=tuple(tags),
            data_capture_config=_data_capture(capture, environment, required) if capture else None,
            kms_key_id=None if endpoint.serverless else required.volume_key(endpoint.instance_type),
        ),
        update=_update(run, environment),
        keeps_instance_count=_keeps_instance_count(endpoint),
        max_polls=_max_polls(endpoint),
        auto_scaling=_auto_scaling(scaling, name) if scaling else None,
        interface_may_change=endpoint.interface_may_change,
    )


def _variant(endpoint: Endpoint) -> ProductionVariant:
    """Its name is always the same, so that an update can keep the number of instances."""
    variant: ProductionVariant = {"VariantName": VARIANT, "InitialVariantWeight": 1}
    if endpoint.serverless:
        variant["ServerlessConfig"] = endpoint.serverless.to_sagemaker()
    else:
        instance_type: Any = endpoint.instance_type  # SageMaker knows more than boto3-stubs do
        variant["InstanceType"] = instance_type
        variant["InitialInstanceCount"] = endpoint.least_instances
    return variant


def _data_capture(
    capture: DataCapture, environment: PlanningEnvironment, required: Requirements
) -> DataCaptureConfig:
    """CSV is kept as text; without this header SageMaker would encode it in base64."""
    config: DataCaptureConfig = {
        "EnableCapture": True,
        "InitialSamplingPercentage": capture.initial_sampling_percentage,
        "DestinationS3Uri": f"s3://{environment.bucket}/capture/",
        "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
        "CaptureContentTypeHeader": {"CsvContentTypes": ["text/csv"]},
    }
    key = required.kms_key_id
    return {**config, "KmsKeyId": key} if key else config


def _keeps_instance_count(endpoint: Endpoint) -> bool:
    """What autoscaling, or a person, has set stays, unless a number is given."""
    keep = endpoint.auto_scaling is not None or endpoint.initial_instance_count is None
    return keep and endpoint.serverless is None  # which has no number of instances


def _update(run: ExecutionInput, environment: PlanningEnvironment) -> UpdateMembers:
    """Retained would be data capture too, so that a new one might not begin: VariantProperty of the
    API reference has it as a property that cannot be left out. CreateEndpointConfig then writes the
    number of instances into the config. A rollback's config is there already.
    """
    endpoint = run.endpoint
    rollout = endpoint.rollout
    captures = endpoint.data_capture is not None and run.rollback is None
    return UpdateMembers(
        retain_all_variant_properties=_keeps_instance_count(endpoint) and not captures,
        deployment_config=rollout.deployment_config(list(environment.alarms)) if rollout else None,
    )


def _max_polls(endpoint: Endpoint) -> int:
    """Time for the longest rollout, and then for rolling back."""
    rollout = endpoint.rollout.longest_seconds if endpoint.rollout else 0
    return MAX_POLLS + rollout // POLL_SECONDS


def _auto_scaling(scaling: AutoScaling, endpoint_name: str) -> AutoScalingRequests:
    resource = f"endpoint/{endpoint_name}/variant/{VARIANT}"
    return AutoScalingRequests(
        target={
            "ServiceNamespace": "sagemaker",
            "ResourceId": resource,
            "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
            "MinCapacity": scaling.min_capacity,
            "MaxCapacity": scaling.max_capacity,
        },
        policy={
            "ServiceNamespace": "sagemaker",
            "ResourceId": resource,
            "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
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
    )
