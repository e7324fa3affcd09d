"""What executions leave in SageMaker, and what of it is in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tuning.tags import ENDPOINT_TAG, EXECUTION_TAG


@dataclass(frozen=True)
class Resource:
    """A model, an endpoint config or a model package of the app's name prefix.

    `models` are the models that a config serves, or the one that a package registers.
    """

    name: str
    created: datetime
    tags: Mapping[str, str]
    models: tuple[str, ...] = ()

    @property
    def endpoint(self) -> str | None:
        """The endpoint it was made for; None when Retune did not make it."""
        return self.tags.get(ENDPOINT_TAG)

    @property
    def execution(self) -> str | None:
        return self.tags.get(EXECUTION_TAG)


@dataclass(frozen=True)
class Inventory:
    """What has the name prefix: models and configs, by name and tag, and the group's packages.

    `in_use` maps each endpoint of the account to the configs that it serves or changes to.
    `served_by_others` has the models of those configs that are not among `configs`.
    `running` has the ARNs of the executions that run: what they made, they still need.
    """

    configs: tuple[Resource, ...]
    models: tuple[Resource, ...]
    packages: tuple[Resource, ...]
    in_use: Mapping[str, frozenset[str]]
    running: frozenset[str] = frozenset()
    served_by_others: frozenset[str] = frozenset()

    def without(self, execution: str) -> Inventory:
        """The inventory as if this execution did not run: it asks to delete what is its own."""
        return replace(self, running=self.running - {execution})

    @property
    def used_configs(self) -> frozenset[str]:
        return frozenset().union(*self.in_use.values())

    @property
    def endpoints(self) -> list[str]:
        """The endpoints that something here was made for, even if they are deleted by now."""
        everything = (*self.configs, *self.models, *self.packages)
        made_for = {entry.endpoint for entry in everything}
        return sorted(name for name in made_for if name)


@dataclass(frozen=True)
class Selection:
    """What may be deleted: names of configs and models, and ARNs of packages."""

    configs: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()

    def __or__(self, other: Selection) -> Selection:
        """Both, each name once."""
        return Selection(
            tuple(dict.fromkeys(self.configs + other.configs)),
            tuple(dict.fromkeys(self.models + other.models)),
            tuple(dict.fromkeys(self.packages + other.packages)),
        )
