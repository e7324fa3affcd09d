"""Errors of CloudFormation, by their names on the wire."""

from __future__ import annotations

from moto.cloudformation.exceptions import CloudFormationError


class ValidationError(CloudFormationError):
    """The common one: whatever of a request or a template is not as it should be."""

    code = "ValidationError"


class AlreadyExistsError(CloudFormationError):
    code = "AlreadyExistsException"


class ChangeSetNotFoundError(CloudFormationError):
    code = "ChangeSetNotFound"


class InvalidChangeSetStatusError(CloudFormationError):
    code = "InvalidChangeSetStatus"


class InsufficientCapabilitiesError(CloudFormationError):
    code = "InsufficientCapabilitiesException"


class ResourceFailure(Exception):
    """A resource that was begun and did not become what it should; its text is the reason."""


def template_error(words: str) -> ValidationError:
    """What CloudFormation says of functions and references that cannot be."""
    return ValidationError(f"Template error: {words}")


def format_error(words: str) -> ValidationError:
    """What CloudFormation says of a template's form."""
    return ValidationError(f"Template format error: {words}")


def constraint_error(value: str, member: str, rule: str) -> ValidationError:
    """What every API of AWS says of a member that breaks a constraint of its description."""
    return ValidationError(
        f"1 validation error detected: Value '{value}' at '{member}' failed to satisfy "
        f"constraint: Member must {rule}"
    )
