"""JSON that a client hands to an execution or a task."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.definition.json_source import NotJson, parse
from local_sagemaker.stepfunctions.errors import (
    InvalidExecutionInput,
    InvalidOutput,
    ValidationException,
)
from local_sagemaker.stepfunctions.json_text import MOST_BYTES, is_too_long


def execution_input(text: str) -> Any:
    """The value of an execution's input. Raises InvalidExecutionInput and ValidationException."""
    _check_length("input", text)
    if not text.strip():
        raise InvalidExecutionInput("Invalid execution input.")
    try:
        return parse(text)
    except NotJson as fault:
        raise InvalidExecutionInput(str(fault)) from fault


def task_output(text: str) -> Any:
    """The value of a task's output. Raises InvalidOutput and ValidationException."""
    _check_length("output", text)
    try:
        return parse(text)
    except NotJson as fault:
        raise InvalidOutput(str(fault)) from fault


def _check_length(member: str, text: str) -> None:
    """The quota counts bytes, the API description characters."""
    if is_too_long(text):
        raise ValidationException(
            f"1 validation error detected: Value at '{member}' failed to satisfy constraint: "
            f"Member must have length less than or equal to {MOST_BYTES}"
        )
