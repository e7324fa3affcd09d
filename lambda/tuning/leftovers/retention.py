"""What a deployment leaves of those before it, and what a failed execution leaves of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tuning.leftovers.resources import Inventory, Resource, Selection


def outdated(inventory: Inventory, endpoint: str, *, keep: int, keep_packages: int) -> Selection:
    """What `endpoint` no longer needs.

    It needs the config that serves and the `keep` configs before it, or the newest `keep` when
    there is no endpoint, and the models of all these. Packages of models that stay are kept, and
    of the others the newest `keep_packages`.

    Never selected are models and configs that an endpoint of the account uses or that are newer
    than what serves, and whatever belongs to a running execution.
    """
    serving = inventory.in_use.get(endpoint, frozenset())
    since = max(
        (config.created for config in inventory.configs if config.name in serving),
        default=datetime.max.replace(tzinfo=UTC),
    )
    before = sorted(
        (
            config
            for config in inventory.configs
            if config.endpoint == endpoint
            and config.created < since
            and config.name not in inventory.used_configs
        ),
        key=lambda config: config.created,
        reverse=True,
    )
    configs = [config for config in before[keep:] if _is_free(config, inventory)]
    models = [
        model
        for model in inventory.models
        if model.endpoint == endpoint and model.created < since and _is_free(model, inventory)
    ]
    selection = _select(inventory, configs, models)
    return replace(selection, packages=_packages(inventory, endpoint, selection, keep_packages))


def left_behind(inventory: Inventory, execution: str) -> Selection:
    """What a failed execution has made and no endpoint uses: models, configs and packages."""
    selection = idle(inventory, execution)
    served = _needed(inventory, selection)
    packages = (
        package.name
        for package in inventory.packages
        if package.execution == execution and served.isdisjoint(package.models)
    )
    return replace(selection, packages=tuple(packages))


def idle(inventory: Inventory, execution: str) -> Selection:
    """Models and configs of an execution that no endpoint uses, as when the champion was kept."""
    configs = [
        config
        for config in inventory.configs
        if config.execution == execution and config.name not in inventory.used_configs
    ]
    models = [model for model in inventory.models if model.execution == execution]
    return _select(inventory, configs, models)


def _is_free(resource: Resource, inventory: Inventory) -> bool:
    return resource.execution not in inventory.running


def _select(inventory: Inventory, configs: list[Resource], models: list[Resource]) -> Selection:
    """A model stays as long as a config that stays names it."""
    selection = Selection(tuple(config.name for config in configs))
    needed = _needed(inventory, selection)
    names = (model.name for model in models if model.name not in needed)
    return replace(selection, models=tuple(names))


def _needed(inventory: Inventory, selection: Selection) -> set[str]:
    """Models that must stay: those of configs that stay, and those that other endpoints serve."""
    staying = (config for config in inventory.configs if config.name not in selection.configs)
    return {model for config in staying for model in config.models} | inventory.served_by_others


def _packages(
    inventory: Inventory, endpoint: str, selection: Selection, keep: int
) -> tuple[str, ...]:
    staying = {model.name for model in inventory.models} - set(selection.models)
    others = [
        package
        for package in inventory.packages
        if package.endpoint == endpoint and staying.isdisjoint(package.models)
    ]
    newest_first = sorted(others, key=lambda package: package.created, reverse=True)
    return tuple(package.name for package in newest_first[keep:] if _is_free(package, inventory))
