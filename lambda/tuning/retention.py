"""What a deployment leaves of those before it, and what a failed execution leaves of its own."""

from __future__ import annotations

from datetime import UTC, datetime

from tuning.resources import Inventory, Resource, Selection


def outdated(inventory: Inventory, endpoint: str, *, keep: int) -> Selection:
    """What `endpoint` no longer needs: all but what serves and the `keep` configs before it.

    Nothing that an endpoint of the account uses, that is newer than what serves, or that belongs
    to a running execution is ever selected. Without the endpoint the newest `keep` stay.
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
    return _select(inventory, configs, models)


def left_behind(inventory: Inventory, execution: str) -> Selection:
    """What an execution has made and no endpoint uses: of one that failed, or that lost."""
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
    deleted = {config.name for config in configs}
    needed = {
        model
        for config in inventory.configs
        if config.name not in deleted
        for model in config.models
    }
    return Selection(
        configs=tuple(config.name for config in configs),
        models=tuple(model.name for model in models if model.name not in needed),
    )
