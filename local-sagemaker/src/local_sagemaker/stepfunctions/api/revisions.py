"""What a request makes of a state machine: its definition, role and configurations, checked."""

from __future__ import annotations

import re
import time
from dataclasses import replace

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.stepfunctions.api.configurations import (
    NO_TRACING,
    encryption_configuration,
    logging_configuration,
)
from local_sagemaker.stepfunctions.api.region import Document, Region
from local_sagemaker.stepfunctions.api.state_machine import StateMachine, StateMachineRevision
from local_sagemaker.stepfunctions.definition.faults import errors, faults, refusal
from local_sagemaker.stepfunctions.errors import (
    AccessDeniedException,
    InvalidArn,
    InvalidDefinition,
)

_ROLE = re.compile(r"arn:[\w-]+:iam::(?P<account>\d{12}):role/.+")


class Revisions:
    """The first revision of a state machine, and those that follow."""

    def __init__(self, region: Region) -> None:
        self._region = region

    def first(self, request: Document, *, express: bool) -> StateMachineRevision:
        """Raises the error of whatever the service refuses."""
        self._check(request, express, self._region.arn("stateMachine", request["name"]))
        self._check_rules(request["roleArn"], request["definition"])
        return StateMachineRevision(
            definition=request["definition"],
            role_arn=request["roleArn"],
            logging=self._logging(request.get("loggingConfiguration", {})),
            tracing=request.get("tracingConfiguration", NO_TRACING),
            encryption=encryption_configuration(request.get("encryptionConfiguration")),
            date=time.time(),
        )

    def next(self, request: Document, machine: StateMachine) -> StateMachineRevision:
        """The current one with what the request changes."""
        self._check(request, machine.is_express, machine.arn)
        before = machine.revision
        role = request.get("roleArn", before.role_arn)
        self._check_rules(role, request.get("definition", before.definition))
        given = request.get("loggingConfiguration")
        encryption = request.get("encryptionConfiguration", before.encryption)
        return replace(
            before,
            definition=request.get("definition", before.definition),
            role_arn=role,
            logging=before.logging if given is None else self._logging(given),
            tracing=request.get("tracingConfiguration", before.tracing),
            encryption=encryption_configuration(encryption),
            date=time.time(),
        )

    def _check(self, request: Document, express: bool, machine: str) -> None:
        if "definition" in request:
            check_definition(request["definition"], express=express)
        if "roleArn" in request:
            self._check_role(request["roleArn"], machine)

    def _check_role(self, arn: str, machine: str) -> None:
        role = _ROLE.fullmatch(arn)
        if role is None:
            raise InvalidArn(f"Invalid Role Arn: '{arn}'")
        if role["account"] != ACCOUNT:
            raise AccessDeniedException("Cross-account pass role is not allowed.")
        if self._region.settings.keeps_out(arn, machine):
            raise AccessDeniedException(
                "Neither the global service principal states.amazonaws.com, nor the regional one "
                "is authorized to assume the provided role."
            )

    def _check_rules(self, role: str, definition: str) -> None:
        """As recorded in serverless-operations/serverless-step-functions#385."""
        if self._region.settings.lacks_rules(role, definition, self._region.name):
            raise AccessDeniedException(f"'{role}' is not authorized to create managed-rule.")

    def _logging(self, given: Document) -> Document:
        return logging_configuration(given, lambda name: self._region.log_delivery.accepts(name))


def check_definition(text: str, *, express: bool) -> None:
    """Raises InvalidDefinition with every error in the definition."""
    found = errors(faults(text, express=express))
    if found:
        raise InvalidDefinition(refusal(found))
