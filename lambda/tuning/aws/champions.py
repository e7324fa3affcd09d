"""The champions of an endpoint: the endpoint configs that its runs have deployed and not pruned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tuning.aws.clients import describe
from tuning.aws.pagination import entries, tags_of
from tuning.endpoint.hosting_protection import HostingProtection
from tuning.endpoint.kept_champion import KeptChampion


def read_champion(config_name: str) -> KeptChampion | None:
    """By the name of its config; None when somebody has deleted that."""
    config = describe("describe_endpoint_config", EndpointConfigName=config_name)
    return _champion(config) if config else None


def kept_champions(prefix: str, endpoint_name: str) -> list[KeptChampion]:
    """Those of an endpoint whose models are there, newest first."""
    found = (each for each in _all(prefix) if each.was_deployed_to(prefix, endpoint_name))
    kept = [each for each in found if each.has_model]
    return sorted(kept, key=lambda each: each.created, reverse=True)


def is_serverless(config: Mapping[str, Any]) -> bool:
    """Whether an endpoint config, as DescribeEndpointConfig shows it, has no instances."""
    return any("ServerlessConfig" in variant for variant in config["ProductionVariants"])


def _all(prefix: str) -> Iterator[KeptChampion]:
    for entry in entries("list_endpoint_configs", "EndpointConfigs", f"{prefix}-"):
        champion = read_champion(entry["EndpointConfigName"])
        if champion:
            yield champion


def _champion(config: dict[str, Any]) -> KeptChampion:
    name = config["EndpointConfigName"]
    model = describe("describe_model", ModelName=name)
    container = model.get("PrimaryContainer", {})
    return KeptChampion(
        name=name,
        created=config["CreationTime"],
        tags=tags_of(config["EndpointConfigArn"]),
        serverless=is_serverless(config),
        image=container.get("Image", ""),
        model_data_url=container.get("ModelDataUrl", ""),
        protection=HostingProtection.parse(config, model),
    )
