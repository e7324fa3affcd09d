"""How an endpoint config protects what it hosts, and what of a deployment's requirements it lacks.

Settings may have become stricter since a run has made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuning.execution_input.requirements import Requirements


@dataclass(frozen=True)
class HostingProtection:
    """Keys, network and isolation, as DescribeEndpointConfig and DescribeModel show them.

    `capture_key` is None without data capture, and empty for S3's own key.
    """

    instance_types: tuple[str, ...] = ()  # none of a serverless config
    volume_key: str = ""
    capture_key: str | None = None
    subnets: frozenset[str] = frozenset()
    security_groups: frozenset[str] = frozenset()
    isolated: bool = False

    @classmethod
    def parse(cls, config: Mapping[str, Any], model: Mapping[str, Any]) -> HostingProtection:
        """Of a config and the model of its variants."""
        capture, vpc = config.get("DataCaptureConfig", {}), model.get("VpcConfig", {})
        types = (variant.get("InstanceType") for variant in config["ProductionVariants"])
        return cls(
            instance_types=tuple(filter(None, types)),
            volume_key=config.get("KmsKeyId", ""),
            capture_key=capture.get("KmsKeyId", "") if capture.get("EnableCapture") else None,
            subnets=frozenset(vpc.get("Subnets", ())),
            security_groups=frozenset(vpc.get("SecurityGroupIds", ())),
            isolated=model.get("EnableNetworkIsolation", False),
        )

    def lacks(self, required: Requirements) -> Iterator[str]:
        """The settings of the deployment that it does not keep to, such as retune:kms_key."""
        key = required.kms_key_id
        volume_key = required.volume_key(*self.instance_types) if self.instance_types else None
        if (volume_key and self.volume_key != key) or (
            key and self.capture_key is not None and self.capture_key != key
        ):
            yield "retune:kms_key"
        vpc = required.vpc_config
        if vpc and not _is_part(self.subnets, vpc.subnets):
            yield "retune:vpc_subnets"
        if vpc and not _is_part(self.security_groups, vpc.security_group_ids):
            yield "retune:vpc_security_groups"
        if required.enable_network_isolation and not self.isolated:
            yield "retune:network_isolation"


def _is_part(given: frozenset[str], allowed: list[str]) -> bool:
    return bool(given) and given <= set(allowed)
