"""A pipeline's parameters: what a definition may say of them, and the values of an execution.

"Unknown parameter" and "is undefined" are the words of SageMaker's SDK, whose local mode refuses
what the service refuses (sagemaker.mlops.local.pipeline_entities).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.pipelines.expecting import expect_list, expect_object, expect_text
from local_sagemaker.sagemaker.pipelines.faults import unparsable

_NAME = re.compile(r"[A-Za-z0-9\-_]{1,64}")
_PROPERTIES = ("Name", "Type", "Description", "DefaultValue", "EnumValues")
_TYPES: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
}


def check_parameter(parameter: Any) -> None:
    """Refuse a parameter of a definition.

    Raises:
        ValidationException: names the property and the rule.
    """
    expect_object(parameter, _PROPERTIES)
    name = expect_text(parameter.get("Name"), "The Name of a parameter")
    if not _NAME.fullmatch(name):
        raise unparsable(
            f"Parameter name '{name}' must be 1 to 64 letters, digits, hyphens and underscores."
        )
    kind = parameter.get("Type", "String")
    if not isinstance(kind, str) or kind not in _TYPES:
        raise unparsable(f"Parameter '{name}' must be of Type {', '.join(_TYPES)}, not {kind!r}.")
    default, allowed = parameter.get("DefaultValue"), parameter.get("EnumValues")
    if default is not None and not _is_of(kind, default):
        raise unparsable(f"DefaultValue {default!r:.100} of parameter '{name}' is no {kind}.")
    if allowed is None:
        return
    if kind != "String" or not all(isinstance(each, str) for each in expect_list(allowed)):
        raise unparsable(f"EnumValues of parameter '{name}' must be strings, as its Type String.")
    if default is not None and default not in allowed:
        raise unparsable(f"DefaultValue '{default}' of parameter '{name}' is not in EnumValues.")


def check_names(parameters: list[Document]) -> None:
    """Raises ValidationException for a name that is given twice."""
    names = [each["Name"] for each in parameters]
    for name in names:
        if names.count(name) > 1:
            raise unparsable(f"Parameter names must be unique; '{name}' is given twice.")


def values_of(parameters: list[Document], asked: list[Document]) -> Document:
    """The values that the parameters have in an execution that was started with those asked for.

    Raises:
        ValidationException: a parameter is unknown or has no value, or a value is of another type.
    """
    known = {each["Name"]: each for each in parameters}
    values = {name: each["DefaultValue"] for name, each in known.items() if "DefaultValue" in each}
    for each in asked:
        if each["Name"] not in known:
            raise ValidationException(f"Unknown parameter '{each['Name']}'.")
        values[each["Name"]] = _value(known[each["Name"]], each["Value"])
    for name in known:
        if name not in values:
            raise ValidationException(f"Parameter '{name}' is undefined.")
    return values


def _value(parameter: Document, text: str) -> Any:
    """A request gives all values as text."""
    name, kind = parameter["Name"], parameter.get("Type", "String")
    if not text:
        raise ValidationException(
            f'Parameter {name} value "" is too short (length: 0, required minimum: 1).'
        )
    try:
        value = _READERS[kind](text)
    except (ValueError, KeyError) as fault:
        raise ValidationException(
            f"Unexpected type for parameter '{name}': '{text:.100}' is no {kind}."
        ) from fault
    allowed = parameter.get("EnumValues", [value])
    if value not in allowed:
        raise ValidationException(
            f"Value '{text:.100}' of parameter '{name}' is none of {', '.join(allowed)}."
        )
    return value


_READERS: dict[str, Callable[[str], Any]] = {
    "String": str,
    "Integer": int,
    "Float": float,
    "Boolean": lambda text: {"true": True, "false": False}[text.lower()],
}


def _is_of(kind: str, value: Any) -> bool:
    expected = _TYPES[kind]
    return isinstance(value, expected) and (bool in expected or not isinstance(value, bool))
