"""What the Service Authorization Reference tells of a service's actions.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
The table beside this module is made by `make iam-reference`, which names its source in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_TABLE = "service_authorization_reference.json"


@dataclass(frozen=True)
class Action:
    """An action: `resource_types` are True where the reference marks them as required.

    `dependent_actions` are those of the column of this name, in full: "iam:PassRole".
    """

    name: str
    resource_types: Mapping[str, bool]
    condition_keys: frozenset[str]
    dependent_actions: tuple[str, ...]


@dataclass(frozen=True)
class Service:
    """A service's actions by their names in lower case, and the ARNs of its resource types.

    An ARN has variables: arn:${Partition}:sagemaker:${Region}:${Account}:endpoint/${EndpointName}.
    """

    prefix: str
    actions: Mapping[str, Action]
    arns: Mapping[str, str]

    def action(self, name: str) -> Action | None:
        """None for an action that the reference does not know, since it is too new."""
        return self.actions.get(name.lower())


@cache
def service_of(prefix: str) -> Service:
    """A service that the reference does not know has no actions."""
    found = _services().get(prefix, {"actions": {}, "resources": {}})
    actions = {name.lower(): _action(name, each) for name, each in found["actions"].items()}
    return Service(prefix, actions, found["resources"])


@cache
def _services() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((files(__package__) / _TABLE).read_text())
    services: dict[str, Any] = table["services"]
    return services


def _action(name: str, entry: Mapping[str, Any]) -> Action:
    types = {each.rstrip("*"): each.endswith("*") for each in entry.get("resources", ())}
    keys = frozenset(entry.get("keys", ()))
    return Action(name, types, keys, tuple(entry.get("dependent", ())))
