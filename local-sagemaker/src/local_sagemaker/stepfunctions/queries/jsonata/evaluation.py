"""Evaluates JSONata with values bound as values, so that no text in them can break it."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from typing import Any

from jsonata import Jsonata, Timebox, Utils
from jsonata.jexception import JException

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.queries.failures import query_failure
from local_sagemaker.stepfunctions.queries.json_values import json_type
from local_sagemaker.stepfunctions.queries.jsonata.functions import ENVIRONMENT
from local_sagemaker.stepfunctions.queries.jsonata.messages import code, message
from local_sagemaker.stepfunctions.queries.jsonata.syntax import inner, parse
from local_sagemaker.stepfunctions.queries.jsonata.texts import LONGS
from local_sagemaker.stepfunctions.queries.scope import ABSENT, Scope

# AWS evaluates 100 terms of 1+1+... and refuses 101. Its limit of time is not published.
MOST_DEPTH = 100
MOST_MILLISECONDS = 10_000

_SAID_OTHERWISE = {
    "D1011": "Stack overflow error: Check for non-terminating recursive function. "
    "Consider rewriting as tail-recursive",
    "D1012": "Expression evaluation timeout: Check for infinite loop",
}


class _NoJson(Exception):
    """A function or another value that JSON does not have."""


def value(text: str, scope: Scope, field: str) -> Any:
    """What `{% ... %}` comes to; `field` is where it stands, such as Output/a/b[0].

    Raises States.QueryEvaluationError, also for a result that is undefined or no JSON.
    """
    expression = inner(text)
    try:
        result = _evaluated(expression, _bindings(scope))
        if result is not None:
            return _to_json(result)
        reason = "returned nothing (undefined)."
    except _NoJson:
        reason = "returned an unsupported result type."
    except JException as fault:
        reason = f"threw an error during evaluation{_reason(fault)}"
    except Exception as fault:  # of a function of the library, which lets Python's out
        reason = f"threw an error during evaluation{_reason(JException(str(fault)))}"
    raise _failure(expression, reason, scope, field)


def typed_value(text: str, scope: Scope, field: str, expected: str) -> Any:
    """The same, of a type by JSON's name for it, such as array; any other fails."""
    result = value(text, scope, field)
    if json_type(result) == expected:
        return result
    reason = (
        f"returned an unexpected result type. Expected '{expected}', but was "
        f"'{json_type(result)}' for value: {to_text(result)}"
    )
    raise _failure(inner(text), reason, scope, field)


def _failure(expression: str, reason: str, scope: Scope, field: str) -> StateFailed:
    cause = f"The JSONata expression '{expression}' specified for the field '{field}' {reason}"
    return query_failure(cause, scope, field)


def _reason(fault: JException) -> str:
    of_fault = code(fault)
    if of_fault in _SAID_OTHERWISE:
        return f": {_SAID_OTHERWISE[of_fault]}"
    return f". {of_fault}: {message(fault)}" if of_fault else f": {message(fault)}"


def _bindings(scope: Scope) -> dict[str, Any]:
    states = {"input": scope.input, "context": scope.context}
    if scope.result is not ABSENT:
        states["result"] = scope.result
    if scope.error_output is not ABSENT:
        states["errorOutput"] = scope.error_output
    return {**scope.variables, "states": states}


def _evaluated(expression: str, bindings: Mapping[str, Any]) -> Any:
    """The library's own value; None is undefined."""
    query = copy.copy(parse(expression))
    query.environment = ENVIRONMENT
    query.set_output_convert_nulls(False)
    Jsonata.CURRENT.jsonata = query
    frame = Jsonata.Frame(None)
    for name, bound in bindings.items():
        frame.bind(name, Utils.NULL_VALUE if bound is None else bound)
    Timebox(frame, MOST_MILLISECONDS, MOST_DEPTH)
    return query.evaluate(None, frame)


def _to_json(result: Any) -> Any:
    """Plain JSON, of its own: without the library's null, sequences and whole floats."""
    if result is None or result is Utils.NULL_VALUE:
        return None
    if isinstance(result, bool | str):
        return result
    if isinstance(result, int | float):
        return _number(result)
    if isinstance(result, Mapping):
        return {name: _to_json(item) for name, item in result.items()}
    if isinstance(result, list | tuple | range):
        return [_to_json(item) for item in result]
    raise _NoJson


def _number(number: int | float) -> int | float | str:
    """A whole number where 64 bits hold it; what JSON has no number for, by JavaScript's name."""
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else f"{'-' if number < 0 else ''}Infinity"
    if number == int(number) and int(number) in LONGS:
        return int(number)
    return float(number)
