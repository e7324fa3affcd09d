"""PublishStateMachineVersion, DeleteStateMachineVersion and ListStateMachineVersions."""

from __future__ import annotations

import time

from local_sagemaker.stepfunctions.api.arns import state_machine_arn
from local_sagemaker.stepfunctions.api.paging import page
from local_sagemaker.stepfunctions.api.region import Document, Operation, Region
from local_sagemaker.stepfunctions.errors import (
    ConflictException,
    InvalidArn,
    StateMachineDeleting,
)

_FIRST_REVISION = "INITIAL"


class Versions:
    """Versions of state machines."""

    def __init__(self, region: Region) -> None:
        self._region = region

    def operations(self) -> dict[str, Operation]:
        return {
            "PublishStateMachineVersion": self._publish,
            "DeleteStateMachineVersion": self._delete,
            "ListStateMachineVersions": self._list,
        }

    def _publish(self, request: Document) -> Document:
        machine = self._region.unqualified(request["stateMachineArn"])
        with self._region.lock:
            if machine.is_deleting:
                raise StateMachineDeleting(machine.arn)
            current = machine.revision.id or _FIRST_REVISION
            asked = request.get("revisionId", current)
            if asked != current:
                raise ConflictException(
                    f"Failed to publish the State Machine version for revision {asked}. "
                    f"The current State Machine revision is {current}."
                )
            version = machine.publish(request.get("description"), time.time())
        return {
            "stateMachineVersionArn": version.arn,
            "creationDate": version.creation_date,
        }

    def _delete(self, request: Document) -> Document:
        """One that is not there is gone already. Raises ConflictException for one in use."""
        arn = state_machine_arn(request["stateMachineVersionArn"])
        if arn.version is None:
            raise InvalidArn(f"Invalid Arn: 'Invalid state machine version ARN: {arn.text}'")
        with self._region.lock:
            machine = self._region.state_machines.get(arn.machine)
            if machine is None:
                return {}
            names = [each.name for each in machine.aliases.values() if each.routes_to(arn.text)]
            if names:
                raise ConflictException(
                    "Version to be deleted must not be referenced by an alias. Current list of "
                    f"aliases referencing this version: [{', '.join(names)}]"
                )
            machine.versions.pop(arn.version, None)
        return {}

    def _list(self, request: Document) -> Document:
        """The newest first."""
        machine = self._region.unqualified(request["stateMachineArn"])
        with self._region.lock:
            versions = [machine.versions[number] for number in sorted(machine.versions)[::-1]]
        items = [
            {"stateMachineVersionArn": each.arn, "creationDate": each.creation_date}
            for each in versions
        ]
        return page(
            request,
            "stateMachineVersions",
            items,
            key=lambda item: str(item["stateMachineVersionArn"]),
        )
