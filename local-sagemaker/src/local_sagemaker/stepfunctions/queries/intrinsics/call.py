"""Evaluates a call."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.queries.failures import intrinsic_failure, runtime_failure
from local_sagemaker.stepfunctions.queries.intrinsics.arguments import ArgumentFault
from local_sagemaker.stepfunctions.queries.intrinsics.functions import FUNCTIONS
from local_sagemaker.stepfunctions.queries.intrinsics.syntax import (
    Argument,
    Call,
    PathArgument,
    parse_call,
)
from local_sagemaker.stepfunctions.queries.json_path.steps import PathNotFound
from local_sagemaker.stepfunctions.queries.paths_in_scope import find_for_template, not_in_input
from local_sagemaker.stepfunctions.queries.scope import Scope


def is_call(text: str) -> bool:
    """Whether a text is meant as a call of an intrinsic function."""
    return text.startswith("States.")


def evaluate_call(text: str, scope: Scope) -> Any:
    """The result of a call.

    Raises States.IntrinsicFailure for arguments that the function does not take, and
    States.Runtime for a path that finds nothing. Both name the whole call, not one within it.
    """
    try:
        return _value(parse_call(text), scope)
    except ArgumentFault as fault:
        raise intrinsic_failure(text, str(fault)) from fault
    except _ArgumentNotFound as missing:
        field = f"The JsonPath argument for the field '{missing}'"
        raise runtime_failure(
            f"The function '{text}' had the following error: {field} {not_in_input(scope)}"
        ) from missing


class _ArgumentNotFound(Exception):
    """The path, which finds nothing."""


def _value(argument: Argument, scope: Scope) -> Any:
    if isinstance(argument, Call):
        values = [_value(inner, scope) for inner in argument.arguments]
        return FUNCTIONS[argument.name].run(*values)
    if isinstance(argument, PathArgument):
        try:
            return find_for_template(argument.path, scope)
        except PathNotFound as fault:
            raise _ArgumentNotFound(argument.path) from fault
    return argument.value
