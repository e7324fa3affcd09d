"""Evaluates JSONata with values bound as values, so that no text in them can break it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonata import Jsonata
from jsonata.utils import Utils

from local_sagemaker.services.stepfunctions.jsonata_functions import FUNCTIONS

UNDEFINED = object()


class QueryError(Exception):
    """The expression cannot be evaluated; the text goes into the execution's cause."""


def evaluate(expression: str, variables: Mapping[str, Any]) -> Any:
    """The JSON value of an expression; `variables` are named without `$`.

    Raises QueryError, also for a result that is undefined or a function.
    """
    result = _evaluate(expression, variables)
    if result is UNDEFINED:
        raise QueryError(f"The JSONata expression '{expression}' returned nothing (undefined).")
    return result


def check_syntax(expression: str) -> None:
    """Raises QueryError when the expression cannot be parsed."""
    try:
        Jsonata(expression)
    except Exception as fault:
        raise QueryError(f"The JSONata expression '{expression}' is not valid: {fault}") from fault


def _evaluate(expression: str, variables: Mapping[str, Any]) -> Any:
    check_syntax(expression)
    query = Jsonata(expression)
    query.set_output_convert_nulls(False)
    for name, function in FUNCTIONS.items():
        query.register_lambda(name, function)
    for name, value in variables.items():
        query.assign(name, Utils.NULL_VALUE if value is None else value)
    try:
        result = query.evaluate(None)
    except Exception as fault:
        message = f"The JSONata expression '{expression}' threw an error: {fault}"
        raise QueryError(message) from fault
    return UNDEFINED if result is None else _to_json(expression, result)


def _to_json(expression: str, value: Any) -> Any:
    """Plain JSON from the engine's own null, sequences and whole floats."""
    if value is None or value is Utils.NULL_VALUE:
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {key: _to_json(expression, item) for key, item in value.items()}
    if isinstance(value, list | tuple | range):
        return [_to_json(expression, item) for item in value]
    raise QueryError(f"The JSONata expression '{expression}' returned an unsupported result type.")
