"""Values of DynamoDB's attributes, as its optimised integration takes them.

Public machines (aws-samples, workflows collection) give a text where DynamoDB has `{"S": text}`,
and "false" for a BOOL. `aws-sdk:dynamodb` takes neither.
"""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.tasks.service import Call, result_by_sdk_1

_OF_VALUES = ("ExpressionAttributeValues", "Item", "Key")
_TRUTHS = {"true": True, "false": False}


def typed(parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters with the type of every attribute's value."""
    named = {name: parameters[name] for name in _OF_VALUES if name in parameters}
    return parameters | {
        name: {key: _value(item) for key, item in values.items()}
        for name, values in named.items()
        if isinstance(values, dict)
    }


def call(task: Call) -> Any:
    """The answer to the call with these parameters."""
    return result_by_sdk_1(task.with_parameters(**typed(task.parameters)))


def _value(given: Any) -> Any:
    if isinstance(given, str):
        return {"S": given}
    if not isinstance(given, dict):
        return given
    return {kind: _of_kind(kind, value) for kind, value in given.items()}


def _of_kind(kind: str, value: Any) -> Any:
    if kind == "BOOL" and isinstance(value, str):
        return _TRUTHS.get(value.lower(), value)
    if kind == "L" and isinstance(value, list):
        return [_value(item) for item in value]
    if kind == "M" and isinstance(value, dict):
        return {key: _value(item) for key, item in value.items()}
    return value
