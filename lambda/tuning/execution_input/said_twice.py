"""What a document says in two ways at once: SageMaker would take one, and nobody knows which.

A document may well say otherwise than the deployed defaults, and a definition otherwise than the
input as a whole: then the nearer one counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tuning.errors import Fault
from tuning.execution_input.definitions import Definition
from tuning.execution_input.lay_over import FREEZE, STATIC

# The field that takes the place of the other.
IN_PLACE_OF = {
    "AlgorithmSpecification": "Algorithm",
    "HyperParameterTuningResourceConfig": "ResourceConfig",
    "Prepare": "Channels",
}
FIX = "Give one of the two."


def said_twice(definition: Definition, aliases: Mapping[str, str]) -> Iterator[Fault]:
    """Faults of the definition, and of the input as a whole, each by itself."""
    for document in (definition.own, definition.whole):
        for field, other in IN_PLACE_OF.items():
            if field in document and other in document:
                rule = f"{field} takes its place, and is given too."
                yield Fault(other, document[other], rule, FIX)
        yield from _hyperparameters(document, aliases)


def _hyperparameters(document: Mapping[str, Any], aliases: Mapping[str, str]) -> Iterator[Fault]:
    """A hyperparameter under two of its names, or both static and frozen."""
    first: dict[str, str] = {}
    for parent in (STATIC, FREEZE):
        values = document.get(parent)
        for name, value in values.items() if isinstance(values, Mapping) else ():
            main_name, field = aliases.get(name, name), f"{parent}.{name}"
            if main_name in first:
                rule = f"{first[main_name]} gives the same hyperparameter."
                yield Fault(field, value, rule, FIX)
            first.setdefault(main_name, field)
