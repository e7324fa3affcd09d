"""Fields of a state that are paths, and ResultPath."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.queries.failures import RESULT_PATH, runtime_failure
from local_sagemaker.stepfunctions.queries.intrinsics.call import evaluate_call, is_call
from local_sagemaker.stepfunctions.queries.json_path.path import Path
from local_sagemaker.stepfunctions.queries.json_path.steps import Indices, Name, PathNotFound, Step
from local_sagemaker.stepfunctions.queries.json_path.syntax import parse_path
from local_sagemaker.stepfunctions.queries.paths_in_scope import find, not_in_input
from local_sagemaker.stepfunctions.queries.scope import Scope

_OF_FAIL_STATES = frozenset({"ErrorPath", "CausePath"})
_OF_WAIT_STATES = frozenset({"SecondsPath", "TimestampPath"})


def select(path: str, scope: Scope, field: str) -> Any:
    """The value of a field that is a path, such as InputPath, or a call of an intrinsic function.

    Raises States.Runtime for a path that finds nothing, in the words that the field has for it.
    """
    if is_call(path):
        return evaluate_call(path, scope)
    try:
        return find(path, scope)
    except PathNotFound as reason:
        raise runtime_failure(_cause(path, scope, field, reason)) from reason


def _cause(path: str, scope: Scope, field: str, reason: PathNotFound) -> str:
    if field in _OF_FAIL_STATES:
        where = not_in_input(scope)
        return f"The JSONPath '{path}' specified for the field '{field}' {where}"
    if field in _OF_WAIT_STATES:
        return f"The {field} parameter does not reference an input value: {path}"
    return f"Invalid path '{path}' : {reason}"


def put(path: str, document: Any, value: Any) -> Any:
    """The document with the value at a reference path, as ResultPath puts it.

    The document itself stays as it is. Objects that are missing on the way are made; raises
    States.ResultPathMatchFailure where something else is in the way.
    """
    try:
        return _put(parse_path(path).steps, document, value)
    except PathNotFound as reason:
        cause = f"Unable to apply Reference Path {path} to input {to_text(document)}"
        raise StateFailed(RESULT_PATH, cause) from reason


def _put(steps: tuple[Step, ...], document: Any, value: Any) -> Any:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, Name) and isinstance(document, dict):
        return {**document, step.name: _put(rest, document.get(step.name, {}), value)}
    if isinstance(step, Indices) and isinstance(document, list):
        index = step.indices[0]
        if index < len(document):
            return [
                _put(rest, item, value) if number == index else item
                for number, item in enumerate(document)
            ]
    raise PathNotFound(str(Path(steps)))
