"""The execution input that a deployment stands for."""

from typing import Any

from stacks.settings import Settings


def default_input(settings: Settings) -> dict[str, Any]:
    """The execution input that `{}` stands for: the settings' own, with their instance types."""
    given = settings.default_input
    return {
        **given,
        "ResourceConfig": {
            "InstanceType": settings.training_instance_type,
            **given.get("ResourceConfig", {}),
        },
        "Endpoint": {
            **_instances(settings, given.get("Endpoint", {})),
            **given.get("Endpoint", {}),
        },
    }


def _instances(settings: Settings, endpoint: dict[str, Any]) -> dict[str, Any]:
    """A serverless endpoint has no instance type."""
    return {} if "Serverless" in endpoint else {"InstanceType": settings.endpoint_instance_type}
