"""The intrinsic functions of a template, each to its value.

Source: "Intrinsic function reference" of the CloudFormation user guide.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Callable
from typing import Any, Protocol

from local_sagemaker.services.cloudformation.errors import template_error

_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_ZONES = {"us-east-1": "abcdef"}


class NoValue:
    """AWS::NoValue: the member or item that has it is left out."""


NO_VALUE = NoValue()


class Names(Protocol):
    """What a template's functions look up."""

    region: str
    mappings: dict[str, Any]

    def ref(self, name: str) -> Any: ...
    def attribute(self, logical_id: str, attribute: str) -> Any: ...
    def is_true(self, condition: str) -> bool: ...
    def imported(self, export: str) -> str: ...


def text_of(value: Any) -> str:
    """A value inside a text, as CloudFormation writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(text_of(item) for item in value)
    return str(value)


def resolve(value: Any, names: Names) -> Any:
    """The value without functions. Raises ValidationError for what cannot be resolved."""
    if isinstance(value, list):
        items = [resolve(item, names) for item in value]
        return [item for item in items if item is not NO_VALUE]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((key, argument),) = value.items()
        if key == "Ref" and isinstance(argument, str):
            return names.ref(argument)
        if key.startswith("Fn::"):
            return _called(key, argument, names)
    members = {key: resolve(member, names) for key, member in value.items()}
    return {key: member for key, member in members.items() if member is not NO_VALUE}


def _called(key: str, argument: Any, names: Names) -> Any:
    function = _FUNCTIONS.get(key)
    if function is None:
        raise template_error(f"local AWS has no function {key}")
    try:
        return function(argument, names)
    except (TypeError, ValueError, KeyError, IndexError) as fault:
        raise template_error(f"{key} has arguments of a form that it cannot have") from fault


def _get_att(argument: Any, names: Names) -> Any:
    if isinstance(argument, str):
        argument = argument.split(".", 1)
    logical_id, *attribute = argument
    return names.attribute(logical_id, text_of(resolve(".".join(map(str, attribute)), names)))


def _sub(argument: Any, names: Names) -> str:
    """`${Name}` is replaced and `${!Name}` unquoted; nothing else of the text is changed."""
    text, variables = argument if isinstance(argument, list) else (argument, {})

    def replaced(match: re.Match[str]) -> str:
        name = match.group(1).strip()
        if name.startswith("!"):
            return f"${{{name[1:]}}}"
        if name in variables:
            return text_of(resolve(variables[name], names))
        logical_id, dot, attribute = name.partition(".")
        if dot:
            return text_of(names.attribute(logical_id, attribute))
        return text_of(names.ref(name))

    return _PLACEHOLDER.sub(replaced, text)


def references_of_sub(argument: Any) -> set[str]:
    """The names that a Fn::Sub refers to: parameters, pseudo parameters and resources."""
    text, variables = argument if isinstance(argument, list) else (argument, {})
    found = {name.strip() for name in _PLACEHOLDER.findall(str(text))}
    return {name.partition(".")[0] for name in found if name[:1] != "!" and name not in variables}


def _join(argument: Any, names: Names) -> str:
    delimiter, items = argument
    found = resolve(items, names)
    parts = found if isinstance(found, list) else [found]
    return str(delimiter).join(text_of(part) for part in parts)


def _split(argument: Any, names: Names) -> list[str]:
    delimiter, text = argument
    return text_of(resolve(text, names)).split(delimiter)


def _select(argument: Any, names: Names) -> Any:
    position, items = int(resolve(argument[0], names)), resolve(argument[1], names)
    items = items.split(",") if isinstance(items, str) else items
    if not 0 <= position < len(items):
        raise template_error(f"Fn::Select cannot select nonexistent value at index {position}")
    return items[position]


def _if(argument: Any, names: Names) -> Any:
    condition, if_true, if_false = argument
    return resolve(if_true if names.is_true(condition) else if_false, names)


def _find_in_map(argument: Any, names: Names) -> Any:
    name, *keys = (text_of(resolve(part, names)) for part in argument[:3])
    found: Any = names.mappings.get(name)
    if found is None:
        raise template_error(f"Mapping named '{name}' is not present in the template.")
    for key in keys:
        if key not in found:
            raise template_error(f"Unable to get mapping for {name}::{'::'.join(keys)}")
        found = found[key]
    return found


def _base64(argument: Any, names: Names) -> str:
    return base64.b64encode(text_of(resolve(argument, names)).encode()).decode()


def _zones(argument: Any, names: Names) -> list[str]:
    region = text_of(resolve(argument, names)) or names.region
    return [f"{region}{letter}" for letter in _ZONES.get(region, "abc")]


def _cidr(argument: Any, names: Names) -> list[str]:
    block, count, *bits = resolve(argument, names)
    network = ipaddress.ip_network(block)
    prefix = network.max_prefixlen - int(bits[0] if bits else 8)
    subnets = network.subnets(new_prefix=prefix)
    return [str(subnet) for _, subnet in zip(range(int(count)), subnets, strict=False)]


def _import_value(argument: Any, names: Names) -> str:
    return names.imported(text_of(resolve(argument, names)))


def _to_json(argument: Any, names: Names) -> str:
    return json.dumps(resolve(argument, names), separators=(",", ":"))


def _length(argument: Any, names: Names) -> int:
    return len(resolve(argument, names))


_FUNCTIONS: dict[str, Callable[[Any, Names], Any]] = {
    "Fn::Base64": _base64,
    "Fn::Cidr": _cidr,
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAZs": _zones,
    "Fn::GetAtt": _get_att,
    "Fn::If": _if,
    "Fn::ImportValue": _import_value,
    "Fn::Join": _join,
    "Fn::Length": _length,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
    "Fn::ToJsonString": _to_json,
}
