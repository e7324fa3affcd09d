from __future__ import annotations

from typing import Any

from tests.moto_faults.clients import client

VARIANT = {
    "ServiceNamespace": "sagemaker",
    "ResourceId": "endpoint/none/variant/none",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
}


def test_a_variant_need_not_exist_to_become_a_target() -> None:
    scaling: Any = client("application-autoscaling")
    scaling.register_scalable_target(**VARIANT, MinCapacity=1, MaxCapacity=2)
    targets = scaling.describe_scalable_targets(ServiceNamespace="sagemaker")
    assert [each["ResourceId"] for each in targets["ScalableTargets"]] == [VARIANT["ResourceId"]]


def test_a_policy_needs_no_target() -> None:
    put = client("application-autoscaling").put_scaling_policy(
        **VARIANT, PolicyName="policy", PolicyType="TargetTrackingScaling"
    )
    assert put["PolicyARN"]
