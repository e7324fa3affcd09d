"""What earlier runs have left and no endpoint needs, where the environment points."""

from __future__ import annotations

from tuning.aws import inventory
from tuning.leftovers.resources import Selection
from tuning.leftovers.retention import outdated

from retune.stack import Stack


def find_leftovers(
    stack: Stack, endpoint: str | None, *, keep: int, keep_packages: int
) -> Selection:
    """What Prune would delete after a deployment to `endpoint`, or to each that runs made."""
    found = inventory.read_inventory(stack.name_prefix, stack.state_machine_arn)
    selection = Selection()
    for name in [endpoint] if endpoint else found.endpoints:
        selection |= outdated(found, name, keep=keep, keep_packages=keep_packages)
    return selection


def delete_leftovers(selection: Selection) -> None:
    """Deletes what find_leftovers has found."""
    inventory.delete(selection)


def names_of(selection: Selection) -> list[str]:
    """One name for each thing, as a person reads it."""
    return inventory.names_of(selection)
