"""The part of the plan that is about the endpoint."""

from __future__ import annotations

from tuning.request_types import (
    DataCaptureConfig,
    DeploymentConfig,
    ProductionVariant,
    ScalableTargetRequest,
    ScalingPolicyRequest,
    Tag,
    VpcConfig,
)
from tuning.variables.variable import Variable


class ConfigMembers(Variable):
    """Members of CreateEndpointConfig besides its name and its variant."""

    tags: tuple[Tag, ...]
    data_capture_config: DataCaptureConfig | None = None
    kms_key_id: str | None = None  # of the volumes of its instances


class UpdateMembers(Variable):
    """Members of UpdateEndpoint besides its names."""

    retain_all_variant_properties: bool
    deployment_config: DeploymentConfig | None = None


class AutoScalingRequests(Variable):
    """Requests of Application Auto Scaling, as they are sent."""

    target: ScalableTargetRequest
    policy: ScalingPolicyRequest


class EndpointPlan(Variable):
    """What the endpoint's requests hold besides the names that tuning has yet to find."""

    endpoint_name: str
    execution_role_arn: str  # of the model, which SageMaker runs with it
    vpc_config: VpcConfig | None = None  # of the model, so of transform jobs and endpoint too
    enable_network_isolation: bool = False  # likewise
    production_variant: ProductionVariant  # without its model
    config: ConfigMembers
    update: UpdateMembers
    # Who has set the number of instances that there is keeps it: autoscaling, or a person.
    keeps_instance_count: bool = False
    max_polls: int  # looks at the endpoint, 30 seconds apart
    auto_scaling: AutoScalingRequests | None = None
    interface_may_change: bool = False

    @property
    def counts_by_config(self) -> bool:
        """Whether it is the new endpoint config that says the number of instances to keep."""
        return self.keeps_instance_count and not self.update.retain_all_variant_properties
