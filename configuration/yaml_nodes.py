"""From YAML's nodes to values, without anything of YAML that JSON does not have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml
from tuning.errors import Fault

from configuration.plain_scalars import AmbiguousScalarError, plain_scalar

MAX_DEPTH = 32  # of objects and lists within each other
_ONLY_JSON = "What an execution input says is JSON: write the value itself."


@dataclass
class Reading:
    """What has been read so far: the value, the line of each path, and faults with their lines."""

    value: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    def refuse(self, node: Any, path: str, what: Any, rule: str, fix: str) -> None:
        fault = Fault(path or "The file", what, rule, fix)
        self.faults.append((node.start_mark.line + 1, fault))


def check_events(events: Iterable[yaml.Event], reading: Reading) -> None:
    """Refuses what stands for something else, before anything is built: an alias can grow.

    Reads event by event, without recursion, which deep brackets would exhaust.
    """
    depth, documents = 0, 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                fix = "Give each model a file."
                reading.refuse(event, "", "a second document", "A file holds one.", fix)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
            anchor = str(getattr(event, "anchor", ""))
            reading.refuse(event, "", f"{mark}{anchor}", "Anchors are not read.", _ONLY_JSON)
        if getattr(event, "tag", None):
            tag = str(getattr(event, "tag", ""))
            reading.refuse(event, "", f"the tag {tag}", "Tags are not read.", _ONLY_JSON)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            rule = "Nothing in an execution input lies so deep."
            fix = "Remove the brackets that are too many."
            reading.refuse(event, "", f"more than {MAX_DEPTH} levels", rule, fix)
            return


def read_node(node: yaml.Node, path: str, reading: Reading) -> Any:
    """The value of a node, whose path is `path`; what cannot be told adds to the faults."""
    reading.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _read_object(node, path, reading)
    if isinstance(node, yaml.SequenceNode):
        return [
            read_node(item, _join(path, str(index)), reading)
            for index, item in enumerate(node.value)
        ]
    return _read_scalar(node, path, reading)


def _read_object(node: yaml.MappingNode, path: str, reading: Reading) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = _read_key(key_node, path, reading)
        if key is None:
            continue
        member = _join(path, key)
        if key in found:
            rule = f"Line {reading.lines[member]} gives it too, and only one can count."
            reading.refuse(key_node, member, "given twice", rule, "Keep one of them.")
            continue
        reading.lines[member] = key_node.start_mark.line + 1
        found[key] = read_node(value_node, member, reading)
    return found


def _read_key(node: yaml.Node, path: str, reading: Reading) -> str | None:
    """The name of a member; None, and a fault, when it is no text."""
    what = "<<" if _is_plain(node, "<<") else "a name that is no text"
    if what != "<<" and isinstance(node, yaml.ScalarNode):
        try:
            key = plain_scalar(node.value) if node.style is None else node.value
        except AmbiguousScalarError:
            key = None
        if isinstance(key, str):
            return key
        what = node.value
    where = path or "A field of the file"
    fix = "Write the members out." if what == "<<" else "Put it in quotes."
    reading.refuse(node, where, what, "The name of a field is a text.", fix)
    return None


def _is_plain(node: yaml.Node, text: str) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value == text


def _read_scalar(node: Any, path: str, reading: Reading) -> Any:
    if node.style is not None:
        return node.value
    try:
        return plain_scalar(node.value)
    except AmbiguousScalarError as error:
        rule = "YAML reads it in more than one way."
        reading.refuse(node, path, node.value, rule, str(error))
        return None


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
