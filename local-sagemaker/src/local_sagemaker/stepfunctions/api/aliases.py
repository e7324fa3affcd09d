"""Aliases of state machines: names for a version, or for two with a share of executions each."""

from __future__ import annotations

import time

from local_sagemaker.stepfunctions.api.arns import state_machine_arn
from local_sagemaker.stepfunctions.api.paging import page
from local_sagemaker.stepfunctions.api.region import Document, Operation, Region
from local_sagemaker.stepfunctions.api.routing import MISSING, routed_machine
from local_sagemaker.stepfunctions.api.state_machine import Alias, StateMachine
from local_sagemaker.stepfunctions.errors import (
    ConflictException,
    ResourceNotFound,
    ValidationException,
)


class Aliases:
    """Aliases of state machines."""

    def __init__(self, region: Region) -> None:
        self._region = region

    def operations(self) -> dict[str, Operation]:
        return {
            "CreateStateMachineAlias": self._create,
            "UpdateStateMachineAlias": self._update,
            "DeleteStateMachineAlias": self._delete,
            "DescribeStateMachineAlias": self._describe,
            "ListStateMachineAliases": self._list,
        }

    def _create(self, request: Document) -> Document:
        name, routing, now = request["name"], request["routingConfiguration"], time.time()
        with self._region.lock:
            machine = routed_machine(self._region, routing)
            arn, description = f"{machine.arn}:{name}", request.get("description")
            alias = machine.aliases.setdefault(
                name, Alias(name, arn, description, routing, now, now)
            )
            if (alias.description, alias.routing) != (description, routing):
                raise ConflictException(
                    "Failed to create alias because an alias with the same name and a different "
                    "routing configuration already exists."
                )
        return {"stateMachineAliasArn": arn, "creationDate": alias.creation_date}

    def _update(self, request: Document) -> Document:
        if "description" not in request and "routingConfiguration" not in request:
            raise ValidationException(
                "Either the description or the routing configuration must be specified"
            )
        with self._region.lock:
            machine, alias = self._find(request["stateMachineAliasArn"])
            routing = request.get("routingConfiguration", alias.routing)
            if routed_machine(self._region, routing) is not machine:
                raise ValidationException(
                    "Routing configuration must contain versions of the alias's state machine."
                )
            alias.routing = routing
            alias.description = request.get("description", alias.description)
            alias.update_date = time.time()
            return {"updateDate": alias.update_date}

    def _delete(self, request: Document) -> Document:
        """One that is not there is gone already."""
        arn = state_machine_arn(request["stateMachineAliasArn"])
        with self._region.lock:
            machine = self._region.state_machines.get(arn.machine)
            if machine is not None:
                machine.aliases.pop(arn.qualifier, None)
        return {}

    def _describe(self, request: Document) -> Document:
        with self._region.lock:
            _, alias = self._find(request["stateMachineAliasArn"])
            told = {} if alias.description is None else {"description": alias.description}
            return told | {
                "stateMachineAliasArn": alias.arn,
                "name": alias.name,
                "routingConfiguration": alias.routing,
                "creationDate": alias.creation_date,
                "updateDate": alias.update_date,
            }

    def _list(self, request: Document) -> Document:
        """In the order of their creation; of a version, those that lead to it."""
        machine, arn = self._region.state_machine(request["stateMachineArn"])
        with self._region.lock:
            items = [
                {"stateMachineAliasArn": each.arn, "creationDate": each.creation_date}
                for each in machine.aliases.values()
                if not arn.qualifier or each.routes_to(arn.text)
            ]
        return page(
            request,
            "stateMachineAliases",
            items,
            key=lambda item: str(item["stateMachineAliasArn"]),
        )

    def _find(self, text: str) -> tuple[StateMachine, Alias]:
        arn = state_machine_arn(text)
        machine = self._region.state_machines.get(arn.machine)
        if machine is None or arn.qualifier not in machine.aliases:
            raise ResourceNotFound(MISSING)
        return machine, machine.aliases[arn.qualifier]
