"""Models and endpoints of a scenario's own."""

from __future__ import annotations

from typing import Any

from retune.acceptance.stage import INSTANCE, Stage

VARIANT = "AllTraffic"


def create_model(stage: Stage, artefact: str, image: str = "") -> str:
    """XGBoost, or another image, with an artefact in S3: it is looked into when it serves."""
    name = stage.name("model")
    stage.client("sagemaker").create_model(
        ModelName=name,
        ExecutionRoleArn=stage.training_role,
        PrimaryContainer={"Image": image or stage.image(), "ModelDataUrl": artefact},
    )
    return name


def create_config(
    stage: Stage, model: str, variant: dict[str, Any] | None = None, **more: Any
) -> str:
    """One instance, or what `variant` says; `more` are members of the request."""
    name = stage.name("config")
    instances = variant or {"InstanceType": INSTANCE, "InitialInstanceCount": 1}
    stage.client("sagemaker").create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[{"VariantName": VARIANT, "ModelName": model, **instances}],
        **more,
    )
    return name


def settled(stage: Stage, endpoint: str) -> dict[str, Any]:
    """DescribeEndpoint once nothing is changing."""

    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = stage.client("sagemaker").describe_endpoint(EndpointName=endpoint)
        at_work = ("Creating", "Updating", "RollingBack", "SystemUpdating")
        return None if found["EndpointStatus"] in at_work else found

    return stage.until(f"the endpoint {endpoint}", look)
