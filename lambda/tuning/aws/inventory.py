"""Reads what executions have left in SageMaker, and deletes a selection of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from botocore.exceptions import ClientError

from tuning.aws.clients import client, describe, is_gone
from tuning.aws.model_packages import packages_of
from tuning.aws.pagination import entries, running_executions, tags_of
from tuning.leftovers.resources import (
    Inventory,
    Resource,
    Selection,
)
from tuning.names import execution_id
from tuning.registry.model_package import ENDPOINT, EXECUTION, TRAINING_JOB
from tuning.tags import ENDPOINT_TAG, EXECUTION_TAG, PREFIX_TAG


def read_inventory(prefix: str, state_machine_arn: str, *, name_start: str = "") -> Inventory:
    """The prefix's packages, and its models and configs whose names begin with `name_start`."""
    start = name_start or f"{prefix}-"
    found = Inventory(
        configs=tuple(_configs(prefix, start)),
        models=tuple(_models(prefix, start)),
        packages=tuple(_packages(prefix, state_machine_arn)),
        in_use=_configs_in_use(),
        running=frozenset(running_executions(state_machine_arn)),
    )
    others = found.used_configs - {config.name for config in found.configs}
    models = frozenset(model for name in others for model in _models_of(name))
    return replace(found, served_by_others=models)


def delete(selection: Selection) -> list[str]:
    """Deletes what is selected, and returns its names, even if somebody else deleted it first.

    Configs go before the models that they name.
    """
    for name in selection.configs:
        _delete("delete_endpoint_config", EndpointConfigName=name)
    for name in selection.models:
        _delete("delete_model", ModelName=name)
    for arn in selection.packages:
        _delete("delete_model_package", ModelPackageName=arn)
    return names_of(selection)


def names_of(selection: Selection) -> list[str]:
    """As a person reads them; a package's is `model-package/<group>/<version>`."""
    packages = (arn.rsplit(":", 1)[-1] for arn in selection.packages)
    return [*selection.configs, *selection.models, *packages]


def _configs(prefix: str, start: str) -> Iterator[Resource]:
    for entry in entries("list_endpoint_configs", "EndpointConfigs", start):
        name, tags = entry["EndpointConfigName"], tags_of(entry["EndpointConfigArn"])
        if tags.get(PREFIX_TAG) == prefix:
            yield Resource(name, entry["CreationTime"], tags, _models_of(name))


def _models_of(config: str) -> tuple[str, ...]:
    described = describe("describe_endpoint_config", EndpointConfigName=config)
    kinds = ("ProductionVariants", "ShadowProductionVariants")
    variants = (variant for kind in kinds for variant in described.get(kind, ()))
    return tuple(variant["ModelName"] for variant in variants if "ModelName" in variant)


def _models(prefix: str, start: str) -> Iterator[Resource]:
    for entry in entries("list_models", "Models", start):
        name, tags = entry["ModelName"], tags_of(entry["ModelArn"])
        if tags.get(PREFIX_TAG) == prefix:
            yield Resource(name, entry["CreationTime"], tags)


def _packages(group: str, state_machine_arn: str) -> Iterator[Resource]:
    """Versions of a group have no tags: RegisterModel writes properties instead."""
    for described in packages_of(group):
        yield _package(described, state_machine_arn)


def _package(described: dict[str, Any], state_machine_arn: str) -> Resource:
    properties = described.get("CustomerMetadataProperties", {})
    tags = {}
    if EXECUTION in properties:
        tags[EXECUTION_TAG] = execution_id(state_machine_arn, properties[EXECUTION])
    if ENDPOINT in properties:
        tags[ENDPOINT_TAG] = properties[ENDPOINT]
    models = (properties[TRAINING_JOB],) if TRAINING_JOB in properties else ()
    return Resource(described["ModelPackageArn"], described["CreationTime"], tags, models)


def _configs_in_use() -> dict[str, frozenset[str]]:
    """For every endpoint of the account: SageMaker deletes a config even while it is in use."""
    in_use = {}
    for entry in entries("list_endpoints", "Endpoints"):
        described = describe("describe_endpoint", EndpointName=entry["EndpointName"])
        if not described:
            continue
        pending = described.get("PendingDeploymentSummary", {}).get("EndpointConfigName")
        names = {described["EndpointConfigName"], pending} - {None}
        in_use[entry["EndpointName"]] = frozenset(names)
    return in_use


def _delete(operation: str, **name: str) -> None:
    try:
        getattr(client("sagemaker"), operation)(**name)
    except ClientError as error:
        if not is_gone(error):
            raise
