"""Statements in PartiQL as moto reads them; what it cannot read is a ValidationException."""

from __future__ import annotations

from moto.dynamodb.exceptions import MockValidationException
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.parsing.partiql import get_query_metadata

from local_sagemaker.services.refused_stumbles import refuse_stumble

_OPERATIONS = ("execute_statement", "execute_transaction", "batch_execute_statement")
# What moto, and its parser of PartiQL, come to where a statement ends too early or goes astray.
_STUMBLES = (LookupError, TypeError, ValueError, AttributeError, StopIteration, AssertionError)


def install() -> None:
    for name in _OPERATIONS:
        refuse_stumble(DynamoDBBackend, name, _STUMBLES, _not_well_formed)


def tables_of(statement: str) -> set[str] | None:
    """The names by which moto looks for a statement's tables, an index after a dot.

    None for a statement that it cannot read, and so refuses.
    """
    try:
        tables = get_query_metadata(statement).get_table_names()
    except _STUMBLES:
        return None
    return {name.replace('"', "").replace("'", "") for name in tables}


def _not_well_formed() -> MockValidationException:
    return MockValidationException("Statement wasn't well formed, or local AWS cannot process it")
