"""Every stack and change set that there is, by region."""

from __future__ import annotations

import threading
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from local_sagemaker.protocol.account import ACCOUNT, partition_of
from local_sagemaker.services.cloudformation.change_set import ChangeSet
from local_sagemaker.services.cloudformation.errors import (
    ChangeSetNotFoundError,
    ValidationError,
)
from local_sagemaker.services.cloudformation.stack import Stack


@dataclass
class Region:
    """Stacks by id, those that are deleted too; change sets by id."""

    name: str
    stacks: dict[str, Stack] = field(default_factory=dict)
    change_sets: dict[str, ChangeSet] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        """What is saved."""
        return {"Stack": self.stacks, "ChangeSet": self.change_sets}

    def new_stack(self, name: str) -> Stack:
        """One that nobody finds until it is in `stacks`."""
        return Stack(name, self._arn(f"stack/{name}/{uuid.uuid4()}"), self.name)

    def add(self, stack: Stack) -> None:
        self.stacks[stack.stack_id] = stack

    def new_change_set_id(self, name: str) -> str:
        return self._arn(f"changeSet/{name}/{uuid.uuid4()}")

    def find(self, name_or_id: str) -> Stack | None:
        """A deleted stack is found by its id only."""
        if name_or_id in self.stacks:
            return self.stacks[name_or_id]
        there = (stack for stack in self.stacks.values() if not stack.is_deleted)
        return next((stack for stack in there if stack.name == name_or_id), None)

    def stack(self, name_or_id: str, *, words: str = "Stack with id {} does not exist") -> Stack:
        """Raises ValidationError, in the words of the operation that asks."""
        stack = self.find(name_or_id)
        if stack is None:
            raise ValidationError(words.format(name_or_id))
        return stack

    def find_change_set(self, name_or_id: str, stack: str | None) -> ChangeSet | None:
        if name_or_id in self.change_sets:
            return self.change_sets[name_or_id]
        named = (each for each in self.change_sets.values() if each.name == name_or_id)
        return next(
            (each for each in named if stack in (each.stack.name, each.stack.stack_id)), None
        )

    def change_set(self, name_or_id: str, stack: str | None) -> ChangeSet:
        """Raises ChangeSetNotFoundError, and ValidationError where a stack has to be named."""
        if not name_or_id.startswith("arn:") and not stack:
            raise ValidationError(
                "StackName must be specified if ChangeSetName is not specified as an ARN."
            )
        found = self.find_change_set(name_or_id, stack)
        if found is None:
            raise ChangeSetNotFoundError(f"ChangeSet [{name_or_id}] does not exist")
        return found

    def forget_change_sets(self, stack: Stack, *, but: ChangeSet | None = None) -> None:
        for change_set_id, change_set in list(self.change_sets.items()):
            if change_set.stack is stack and change_set is not but:
                del self.change_sets[change_set_id]

    def exports(self) -> dict[str, tuple[str, Stack]]:
        """Value and stack of each export, by its name."""
        return {
            output.export: (output.value, stack)
            for stack in list(self.stacks.values())
            if not stack.is_deleted
            for output in stack.outputs
            if output.export is not None
        }

    def imported(self, export: str) -> str:
        """The value of an export. Raises ValidationError."""
        exports = self.exports()
        if export not in exports:
            raise ValidationError(f"No export named {export} found.")
        return exports[export][0]

    def _arn(self, rest: str) -> str:
        return f"arn:{partition_of(self.name)}:cloudformation:{self.name}:{ACCOUNT}:{rest}"


class _Regions(defaultdict[str, Region]):
    def __missing__(self, name: str) -> Region:
        region = self[name] = Region(name)
        return region


REGIONS = _Regions()
