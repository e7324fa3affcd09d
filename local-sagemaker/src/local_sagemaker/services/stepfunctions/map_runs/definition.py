"""The part of a distributed Map state that moto's grammar reads, and the whole of it beside."""

from __future__ import annotations

import json
from typing import Any

_MARK = "distributed map: "
_UNREAD = ("ItemReader", "ItemBatcher", "ResultWriter")


def readable(definition: str) -> str:
    """The definition for moto's parser: a distributed Map carries its original as its Comment."""
    try:
        machine = json.loads(definition)
    except ValueError:
        return definition
    if not isinstance(machine, dict) or not _simplified(machine, "JSONPath"):
        return definition
    return json.dumps(machine)


def original(state: Any) -> dict[str, Any] | None:
    """What the definition says about a Map state of moto's; None for one that is inline.

    moto keeps a Comment as the definition spells it, with its escapes.
    """
    text = json.loads(f'"{state.comment.comment}"') if state.comment else ""
    if not text.startswith(_MARK):
        return None
    found: dict[str, Any] = json.loads(text.removeprefix(_MARK))
    return found


def processor_of(state: dict[str, Any]) -> dict[str, Any]:
    """The states of an iteration; `Iterator` is ItemProcessor's old name."""
    found = state.get("ItemProcessor", state.get("Iterator", {}))
    return found if isinstance(found, dict) else {}


def is_distributed(state: dict[str, Any]) -> bool:
    config = processor_of(state).get("ProcessorConfig", {})
    return state.get("Type") == "Map" and config.get("Mode") == "DISTRIBUTED"


def child_definition(state: dict[str, Any]) -> dict[str, Any]:
    """The machine whose executions are the iterations. Express ones end after five minutes."""
    processor = dict(processor_of(state))
    config = processor.pop("ProcessorConfig")
    limit = {"TimeoutSeconds": 300} if config.get("ExecutionType") == "EXPRESS" else {}
    return {"QueryLanguage": state["QueryLanguage"], **processor, **limit}


def _simplified(scope: dict[str, Any], language: str) -> bool:
    """Whether this scope, which is changed in place, has distributed Maps."""
    found = False
    language = scope.get("QueryLanguage", language)
    given = scope.get("States")
    states: dict[str, Any] = given if isinstance(given, dict) else {}
    for name, state in states.items():
        if not isinstance(state, dict):
            continue
        own = state.get("QueryLanguage", language)
        whole = _MARK + json.dumps(state | {"QueryLanguage": own})
        branches = state.get("Branches")
        for inner in [processor_of(state), *(branches if isinstance(branches, list) else ())]:
            found = (isinstance(inner, dict) and _simplified(inner, own)) or found
        if is_distributed(state):
            states[name] = _simple(state) | {"Comment": whole}
            found = True
    return found


def _simple(state: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in state.items() if name not in _UNREAD}
    percentage = kept.get("ToleratedFailurePercentage")
    if isinstance(percentage, int):
        kept["ToleratedFailurePercentage"] = float(percentage)
    processor_of(kept)["ProcessorConfig"] = {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}
    return kept
