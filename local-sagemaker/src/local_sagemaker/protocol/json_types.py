"""Whether a value of a JSON body has the type of its member, in the words of AWS's framework."""

from __future__ import annotations

from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "timestamp": (int, float, str),
    "boolean": (bool,),
    "blob": (str,),
}


def json_type_fault(shape: Any, value: Any, path: str) -> str:
    """Of the value alone, not of what is in it; empty for one of the type of its shape."""
    expected = _TYPES[shape.type_name]
    if isinstance(value, expected) and not (isinstance(value, bool) and bool not in expected):
        return ""
    return f"{_json_name(value)} can not be converted to {shape.type_name} at '{path or 'body'}'"


def _json_name(value: Any) -> str:
    names = {bool: "BOOLEAN_VALUE", str: "STRING_VALUE", dict: "START_OBJECT", list: "START_ARRAY"}
    return "NULL_VALUE" if value is None else names.get(type(value), "NUMBER_VALUE")
