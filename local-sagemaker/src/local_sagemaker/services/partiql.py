"""Statements in PartiQL that moto cannot read are DynamoDB's ValidationException."""

from __future__ import annotations

from moto.dynamodb.exceptions import MockValidationException
from moto.dynamodb.models import DynamoDBBackend

from local_sagemaker.services.refused_stumbles import refuse_stumble

_OPERATIONS = ("execute_statement", "execute_transaction", "batch_execute_statement")
# What moto, and its parser of PartiQL, come to where a statement ends too early or goes astray.
_STUMBLES = (LookupError, TypeError, ValueError, AttributeError, StopIteration, AssertionError)


def install() -> None:
    for name in _OPERATIONS:
        refuse_stumble(DynamoDBBackend, name, _STUMBLES, _not_well_formed)


def _not_well_formed() -> MockValidationException:
    return MockValidationException("Statement wasn't well formed, or local AWS cannot process it")
