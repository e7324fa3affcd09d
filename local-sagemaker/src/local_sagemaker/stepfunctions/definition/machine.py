"""A definition as the engine walks it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Language = Literal["JSONPath", "JSONata"]


@dataclass(frozen=True)
class State:
    """One state. `said` is its object in the definition, under the language's own field names."""

    name: str
    type: str
    language: Language
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Chain:
    """States that lead to each other: of a machine, a branch or an item processor."""

    start_at: str
    states: Mapping[str, State]
    language: Language
    said: Mapping[str, Any]


def read_chain(said: Mapping[str, Any], language: Language = "JSONPath") -> Chain:
    """The chain of an object with StartAt and States; `language` is that of the whole machine.

    A branch speaks it whatever the state around it speaks, as measured on AWS: floci-io/floci#2968.
    The object has passed `definition.faults`.
    """
    own: Language = said.get("QueryLanguage", language)
    states = {
        name: State(name, state["Type"], state.get("QueryLanguage", own), state)
        for name, state in said["States"].items()
    }
    return Chain(said["StartAt"], states, own, said)


def read_machine(text: str) -> Chain:
    """The chain of a definition's text."""
    return read_chain(json.loads(text))
