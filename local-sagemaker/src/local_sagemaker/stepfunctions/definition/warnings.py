"""What ValidateStateMachineDefinition warns of: values that look as if they were to be evaluated.

Its codes are documented, their words are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.chains import language_of
from local_sagemaker.stepfunctions.definition.machine import Language
from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.transitions import inner_chains

_EVALUATED = re.compile(r"\$(\.|\$\.|\[|$)|States\.\w+\(")
_TEMPLATES = ("Parameters", "ResultSelector", "ItemSelector", "Assign")
_TEXTS = ("Error", "Cause")


def warnings(said: dict[str, Any]) -> Iterator[Fault]:
    """Warnings of a definition without faults."""
    yield from _chain_warnings(said, Place(), language_of(said, "JSONPath"))


def _chain_warnings(said: dict[str, Any], place: Place, language: Language) -> Iterator[Fault]:
    for name, state in said["States"].items():
        here = place.field("States").field(name)
        if language_of(state, language) == "JSONPath":
            yield from _state_warnings(state, here)
        for inner, where in inner_chains(state, here):
            yield from _chain_warnings(inner, where, language)


def _state_warnings(state: dict[str, Any], place: Place) -> Iterator[Fault]:
    for name in _TEMPLATES:
        yield from _template_warnings(state.get(name), place.field(name))
    for name in _TEXTS:
        if _looks_evaluated(state.get(name)):
            message = f"The value of '{name}' looks like a path: use '{name}Path'"
            yield place.field(name).warning(message, "NO_PATH")
    if any(_looks_evaluated(text) for text in _texts(state.get("Result"))):
        message = "The Result of a Pass state is static: a path in it is not evaluated"
        yield place.field("Result").warning(message, "PASS_RESULT_IS_STATIC")


def _template_warnings(value: Any, place: Place) -> Iterator[Fault]:
    if isinstance(value, dict):
        for name, item in value.items():
            if not name.endswith(".$"):
                yield from _template_warnings(item, place.field(name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _template_warnings(item, place.item(number))
    elif _looks_evaluated(value):
        message = "The value looks like a path or an intrinsic function: end the name in '.$'"
        yield place.warning(message, "NO_DOLLAR")


def _looks_evaluated(value: Any) -> bool:
    return isinstance(value, str) and _EVALUATED.match(value) is not None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
