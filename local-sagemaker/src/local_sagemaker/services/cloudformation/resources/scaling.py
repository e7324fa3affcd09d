"""AWS::ApplicationAutoScaling::ScalableTarget and ScalingPolicy."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.resource import Resource

_TARGET = ("ResourceId", "ScalableDimension", "ServiceNamespace")

_OF_POLICY = (
    "PolicyType",
    "StepScalingPolicyConfiguration",
    "TargetTrackingScalingPolicyConfiguration",
)


class ScalableTarget(Resource):
    """Ref gives resource, dimension and namespace, as a policy's ScalingTargetId names them."""

    made_anew_for = _TARGET

    @property
    def physical_resource_id(self) -> str:
        return "|".join(self.properties[name] for name in _TARGET)

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        given = {key: properties[key] for key in properties if key != "ScheduledActions"}
        self.call("application-autoscaling", "register_scalable_target", **given)

    def remove(self) -> None:
        target = {name: self.properties[name] for name in _TARGET}
        self.call("application-autoscaling", "deregister_scalable_target", **target)


class ScalingPolicy(Resource):
    """Kept with its target; nothing scales by itself here."""

    name_property = "PolicyName"

    @property
    def physical_resource_id(self) -> str:
        return str(self.attributes["Arn"])

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        given = {key: properties[key] for key in _OF_POLICY if key in properties}
        put = self.call(
            "application-autoscaling", "put_scaling_policy",
            PolicyName=self.name, **given, **_target_of(properties),
        )  # fmt: skip
        self.attributes = {"Arn": put["PolicyARN"]}

    def remove(self) -> None:
        self.call(
            "application-autoscaling", "delete_scaling_policy",
            PolicyName=self.name, **_target_of(self.properties),
        )  # fmt: skip


def _target_of(properties: dict[str, Any]) -> dict[str, str]:
    if "ScalingTargetId" in properties:
        return dict(zip(_TARGET, properties["ScalingTargetId"].split("|"), strict=True))
    return {name: properties[name] for name in _TARGET}
