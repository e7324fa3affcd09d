"""What serves at an endpoint: its config, and the model of that."""

from __future__ import annotations

from tuning.aws import hosting
from tuning.endpoint.next_step import Endpoint
from tuning.variables.champion import Champion


def find_champion(endpoint: Endpoint) -> Champion:
    """Says why where the model cannot be told."""
    name = endpoint.config_name
    config = hosting.describe_endpoint_config(name)
    if config is None:
        reason = f"somebody has deleted its endpoint configuration {name}"
        return Champion(endpoint_config_name=name, unknown_because=reason)
    model = config["ProductionVariants"][0].get("ModelName")
    if model is None:  # its models are inference components
        reason = f"its endpoint configuration {name} names no model"
        return Champion(endpoint_config_name=name, unknown_because=reason)
    return Champion(endpoint_config_name=name, model_name=model)
