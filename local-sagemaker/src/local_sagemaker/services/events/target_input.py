"""What a target gets: the event, a part of it, a constant, or a template filled in from it."""

from __future__ import annotations

import json
import re
from typing import Any

_PLACEHOLDER = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>\s]+>')
_STEP = re.compile(r"\.([^.\[\]*]+)|\[(\d+)\]")
_PATH = re.compile(rf"\$(?:{_STEP.pattern})*")
_IN_TEXT = re.compile(r"<([^<>\s]+)>")


def target_input(target: dict[str, Any], event: dict[str, Any], rule_arn: str) -> str:
    """The text that the target gets for an event."""
    if target.get("Input") is not None:
        return str(target["Input"])
    if target.get("InputPath"):
        return json.dumps(_at(target["InputPath"], event))
    transformer = target.get("InputTransformer")
    if not transformer:
        return json.dumps(event)
    values = {
        "aws.events.rule-arn": rule_arn,
        "aws.events.rule-name": rule_arn.rpartition("/")[2],
        "aws.events.event.ingestion-time": event["time"],
        "aws.events.event": event,
        "aws.events.event.json": event,
    } | {name: _at(path, event) for name, path in transformer.get("InputPathsMap", {}).items()}
    return fill(transformer["InputTemplate"], values)


def is_path(text: str) -> bool:
    """Whether a text is a path that is followed here: names and positions, no wildcards."""
    return _PATH.fullmatch(text) is not None


def target_options(target: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    """What a target gets beside its input: a queue the message group, a pipeline its parameters.

    The value of a parameter may be a path to a value of the event (API reference of EventBridge,
    SageMakerPipelineParameter).
    """
    options: dict[str, Any] = {}
    group = (target.get("SqsParameters") or {}).get("MessageGroupId")
    if group:
        options["MessageGroupId"] = group
    given = (target.get("SageMakerPipelineParameters") or {}).get("PipelineParameterList")
    if given:
        options["PipelineParameters"] = [
            {"Name": each["Name"], "Value": _parameter(each["Value"], event)} for each in given
        ]
    return options


def _parameter(value: str, event: dict[str, Any]) -> str:
    found = _at(value, event) if value.startswith("$.") else value
    return found if isinstance(found, str) else json.dumps(found)


def fill(template: str, values: dict[str, Any]) -> str:
    """Replace each <name>: as text inside a JSON string, as JSON elsewhere.

    A name without a value disappears from a string and is null elsewhere.
    """

    def filled(match: re.Match[str]) -> str:
        found = match.group()
        if found.startswith("<"):
            return json.dumps(values.get(found[1:-1]))
        return _IN_TEXT.sub(lambda name: _inside(values.get(name.group(1))), found)

    return _PLACEHOLDER.sub(filled, template)


def _inside(value: Any) -> str:
    """A value in the middle of a JSON string, without its quotes."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value)
    return json.dumps(text)[1:-1]


def _at(path: str, event: dict[str, Any]) -> Any:
    """The value at a path of names and positions, such as $.detail.steps[0]; None without one."""
    value: Any = event
    for name, position in _STEP.findall(path):
        if name:
            value = value.get(name) if isinstance(value, dict) else None
        elif isinstance(value, list) and int(position) < len(value):
            value = value[int(position)]
        else:
            value = None
    return value
