"""Map states: the modes that they run in, and what they iterate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.templates import either
from local_sagemaker.stepfunctions.definition.values import (
    Field,
    at_most_one,
    exactly_one,
    object_faults,
    one_of,
    text,
)

DISTRIBUTED = "DISTRIBUTED"
_LABEL = re.compile(r"[^\s?*<>{}\[\]:;,\\|^~$#%&`\"\x00-\x1f\x7f-\x9f]+")
_LONGEST_LABEL = 40
# How many items may fail is not among them: an inline map may say it, as recorded.
_ONLY_DISTRIBUTED = ("ItemReader", "ItemBatcher", "ResultWriter", "Label")


def processor_config(value: Any, place: Place) -> Iterator[Fault]:
    """ProcessorConfig of an item processor."""
    fields = {"Mode": Field(one_of("INLINE", DISTRIBUTED))}
    required = []
    if isinstance(value, dict) and value.get("Mode") == DISTRIBUTED:
        fields["ExecutionType"] = Field(one_of("STANDARD", "EXPRESS"))
        required = ["ExecutionType"]
        if place.express:
            message = (
                f"The field 'Mode' with value '{DISTRIBUTED}' is not supported inside 'EXPRESS' "
                "state machines"
            )
            yield place.field("Mode").fault(message)
    yield from object_faults(value, place, fields, required)


def label(value: Any, place: Place) -> Iterator[Fault]:
    """Label, which becomes part of the ARNs of the map's runs."""
    if not isinstance(value, str):
        yield from text(value, place)
    elif len(value) > _LONGEST_LABEL:
        reason = f"exceeds the {_LONGEST_LABEL}-character limit allowed by the service"
        yield place.fault(f"Invalid Label name: '{value}' {reason}", "INVALID_LABEL_NAME")
    elif not _LABEL.fullmatch(value):
        yield place.fault(f"Invalid Label name: '{value}'", "INVALID_LABEL_NAME")


def items(value: Any, place: Place) -> Iterator[Fault]:
    """Items of JSONata: an array or an object with expressions in it, or one expression."""
    if isinstance(value, list | dict) or (isinstance(value, str) and value.startswith("{%")):
        yield from either(value, place)
    else:
        yield place.fault("Expected value of type [ARRAY]")


def whole_map(state: dict[str, Any], place: Place) -> Iterator[Fault]:
    """Rules of several fields of a Map state."""
    yield from exactly_one(state, ("ItemProcessor", "Iterator"), place)
    yield from at_most_one(state, ("ItemSelector", "Parameters"), place)
    for name in ("MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage"):
        yield from at_most_one(state, (name, f"{name}Path"), place)
    if mode_of(state) != DISTRIBUTED:
        for name in _ONLY_DISTRIBUTED:
            if name in state:
                message = f"The field '{name}' is only supported in the DISTRIBUTED processing mode"
                yield place.fault(message)


def mode_of(state: dict[str, Any]) -> Any:
    """INLINE, DISTRIBUTED, or whatever a faulty definition says."""
    return _config(state).get("Mode", "INLINE")


def runs_express(state: dict[str, Any]) -> bool:
    """Whether a Map state's items are executions of the EXPRESS type."""
    return mode_of(state) == DISTRIBUTED and _config(state).get("ExecutionType") == "EXPRESS"


def _config(state: dict[str, Any]) -> dict[str, Any]:
    processor = state.get("ItemProcessor", state.get("Iterator"))
    config = processor.get("ProcessorConfig") if isinstance(processor, dict) else None
    return config if isinstance(config, dict) else {}
