"""CreateStateMachine, UpdateStateMachine, DeleteStateMachine and ListStateMachines."""

from __future__ import annotations

import time
import uuid
from dataclasses import replace

from local_sagemaker.stepfunctions.api.arns import state_machine_arn
from local_sagemaker.stepfunctions.api.names import check_name
from local_sagemaker.stepfunctions.api.paging import page
from local_sagemaker.stepfunctions.api.region import Document, Operation, Region
from local_sagemaker.stepfunctions.api.revisions import Revisions
from local_sagemaker.stepfunctions.api.state_machine import StateMachine, StateMachineRevision
from local_sagemaker.stepfunctions.errors import (
    MissingRequiredParameter,
    StateMachineAlreadyExists,
    StateMachineDeleting,
    ValidationException,
)

_CHANGEABLE = (
    "definition",
    "roleArn",
    "loggingConfiguration",
    "tracingConfiguration",
    "encryptionConfiguration",
)
# What a repeated creation may differ in (API reference, CreateStateMachine).
_NOT_COMPARED = ("roleArn", "tags", "name")


class StateMachines:
    """Their creation, change and end."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._revisions = Revisions(region)

    def operations(self) -> dict[str, Operation]:
        return {
            "CreateStateMachine": self._create,
            "UpdateStateMachine": self._update,
            "DeleteStateMachine": self._delete,
            "ListStateMachines": self._list,
        }

    def _create(self, request: Document) -> Document:
        name, kind = request["name"], request.get("type", "STANDARD")
        check_name(name)
        _check_version_description(request)
        revision = self._revisions.first(request, express=kind == "EXPRESS")
        arn = self._region.arn("stateMachine", name)
        created_with = {key: request[key] for key in request if key not in _NOT_COMPARED}
        with self._region.lock:
            found = self._region.state_machines.get(arn)
            if found is not None:
                return _repeated(found, revision, created_with)
            self._region.tags.create(arn, request.get("tags", []))
            machine = StateMachine(name, arn, kind, revision.date, revision, created_with)
            self._region.state_machines[arn] = machine
            return _created(machine, request)

    def _update(self, request: Document) -> Document:
        _check_version_description(request)
        machine = self._region.unqualified(request["stateMachineArn"])
        if not any(name in request for name in _CHANGEABLE):
            raise MissingRequiredParameter(
                "Either the definition, the role ARN, the LoggingConfiguration, or the "
                "TracingConfiguration must be specified"
            )
        revision = self._revisions.next(request, machine)
        with self._region.lock:
            if machine.is_deleting:
                raise StateMachineDeleting(machine.arn)
            if not revision.is_like(machine.revision):
                machine.revision = replace(revision, id=str(uuid.uuid4()))
            answer: Document = {"updateDate": revision.date}
            if machine.revision.id:
                answer["revisionId"] = machine.revision.id
            return answer | _published(machine, request)

    def _delete(self, request: Document) -> Document:
        """One that is not there is gone already; one whose executions run is DELETING."""
        arn = state_machine_arn(request["stateMachineArn"])
        if arn.is_qualified:
            raise ValidationException(f"A qualified ARN cannot be deleted: {arn.text}")
        with self._region.lock:
            machine = self._region.state_machines.get(arn.machine)
            if machine is not None:
                machine.is_deleting = True
                self._region.forget_deleted()
        return {}

    def _list(self, request: Document) -> Document:
        with self._region.lock:
            machines = sorted(self._region.state_machines.values(), key=lambda each: each.name)
        items = [_list_item(machine) for machine in machines]
        return page(request, "stateMachines", items, key=lambda item: str(item["name"]))


def _check_version_description(request: Document) -> None:
    if "versionDescription" in request and not request.get("publish"):
        raise ValidationException("Version description can only be set when publish is true")


def _repeated(
    machine: StateMachine, revision: StateMachineRevision, created_with: Document
) -> Document:
    """The answer to a creation of what is there already."""
    if machine.is_deleting:
        raise StateMachineDeleting(machine.arn)
    asked = replace(revision, role_arn=machine.revision.role_arn)
    if created_with != machine.created_with or not asked.is_like(machine.revision):
        raise StateMachineAlreadyExists(machine.arn)
    return _created(machine, created_with)


def _created(machine: StateMachine, request: Document) -> Document:
    answer = {"stateMachineArn": machine.arn, "creationDate": machine.creation_date}
    return answer | _published(machine, request)


def _published(machine: StateMachine, request: Document) -> Document:
    """The ARN of the version, where one was asked for."""
    if not request.get("publish"):
        return {}
    version = machine.publish(request.get("versionDescription"), time.time())
    return {"stateMachineVersionArn": version.arn}


def _list_item(machine: StateMachine) -> Document:
    return {
        "stateMachineArn": machine.arn,
        "name": machine.name,
        "type": machine.type,
        "creationDate": machine.creation_date,
    }
