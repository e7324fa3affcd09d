"""Statements in PartiQL that moto cannot read are DynamoDB's ValidationException."""

from __future__ import annotations

from functools import wraps
from typing import Any

from moto.dynamodb.exceptions import MockValidationException
from moto.dynamodb.models import DynamoDBBackend

from local_sagemaker.services.patching import replace

_OPERATIONS = ("execute_statement", "execute_transaction", "batch_execute_statement")
# What moto, and its parser of PartiQL, come to where a statement ends too early or goes astray.
_STUMBLES = (LookupError, TypeError, ValueError, AttributeError, StopIteration, AssertionError)


def install() -> None:
    for name in _OPERATIONS:
        _refuse_unreadable(name)


def _refuse_unreadable(name: str) -> None:
    execute = getattr(DynamoDBBackend, name)

    @wraps(execute)
    def executing(*given: Any, **named: Any) -> Any:
        try:
            return execute(*given, **named)
        except _STUMBLES as fault:
            words = "Statement wasn't well formed, or local AWS cannot process it"
            raise MockValidationException(words) from fault

    replace(DynamoDBBackend, name, executing)
