"""The execution input that `{}` stands for, and that lies beneath every model."""

from __future__ import annotations

from typing import Any

from configuration.settings import Settings


def default_input(settings: Settings) -> dict[str, Any]:
    """What the settings say of every run; the rest are the algorithm's own defaults."""
    return {
        "ResourceConfig": {"InstanceType": settings.training_instance_type},
        "Endpoint": {"InstanceType": settings.endpoint_instance_type},
        "Approval": settings.approval,
    }
