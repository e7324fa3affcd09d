"""What the settings ask of every run."""

from __future__ import annotations

from tuning.execution_input.execution_input import Tag
from tuning.execution_input.requirements import Requirements
from tuning.execution_input.training import VpcConfig

from configuration.settings import Settings


def requirements(settings: Settings) -> Requirements:
    """An execution input cannot take any of it away; see docs/deployment.md."""
    vpc = VpcConfig.model_validate(settings.vpc_config) if settings.vpc_config else None
    tags = [Tag.model_validate({"Key": k, "Value": v}) for k, v in settings.tags.items()]
    return Requirements.model_validate(
        {
            "KmsKeyId": settings.kms_key,
            "VpcConfig": vpc,
            "EnableNetworkIsolation": settings.network_isolation,
            "Tags": tags,
        }
    )
