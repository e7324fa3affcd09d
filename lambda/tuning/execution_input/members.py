"""Members of an object by their path, such as `ResourceConfig.InstanceGroups`, also in lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def find(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Each member at the path, by its own path, in which it has its place in each list.

    `Channels.Name` of `{"Channels": [{"Name": "train"}]}` is found as `Channels.0.Name`.
    """
    name, _, rest = path.partition(".")
    if not isinstance(value, Mapping) or name not in value:
        return
    member = value[name]
    if not rest:
        yield name, member
    elif isinstance(member, list):
        for index, each in enumerate(member):
            yield from ((f"{name}.{index}.{field}", found) for field, found in find(each, rest))
    else:
        yield from ((f"{name}.{field}", found) for field, found in find(member, rest))


def without(value: Any, path: str) -> Any:
    """The value without its members at the path."""
    name, _, rest = path.partition(".")
    if isinstance(value, list):
        return [without(each, path) for each in value]
    if not isinstance(value, Mapping) or name not in value:
        return value
    kept = {key: member for key, member in value.items() if key != name}
    return {**value, name: without(value[name], rest)} if rest else kept
