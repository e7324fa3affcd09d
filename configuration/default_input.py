"""The execution input that `{}` stands for, and that lies beneath every model."""

from __future__ import annotations

from typing import Any

from tuning.deployed_settings import DeployedSettings

from configuration.requirements import requirements
from configuration.settings import Settings


def default_input(settings: Settings) -> dict[str, Any]:
    """What the settings say of every run; the rest are the algorithm's own defaults."""
    return {
        "ResourceConfig": {"InstanceType": settings.training_instance_type},
        "Endpoint": {"InstanceType": settings.endpoint_instance_type},
        "Approval": settings.approval,
    }


def deployed_settings(settings: Settings) -> DeployedSettings:
    """What state machines hand to functions of the settings."""
    required = requirements(settings).to_sagemaker()
    return DeployedSettings(default_input(settings), tuple(settings.image_repositories), required)
