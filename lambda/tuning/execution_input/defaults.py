"""Fills in what a definition leaves out: from the input as a whole, then from the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuning.algorithms.algorithm import Algorithm
from tuning.algorithms.autopilot_metrics import with_algorithm_metric
from tuning.execution_input.definitions import Definition
from tuning.execution_input.known_algorithm import find_algorithm
from tuning.execution_input.lay_over import FREEZE, freeze, lay_over


@dataclass(frozen=True)
class CompleteDefinition:
    """A definition with every default in `document`. `algorithm` is None for an unknown one."""

    definition: Definition
    document: dict[str, Any]
    algorithm: Algorithm | None

    def field_as_given(self, field: str) -> str:
        """A field's path as it is called in the document: Freeze makes hyperparameters static."""
        head, _, name = field.partition(".")
        if head == "StaticHyperParameters" and name in _names(self.document.get(FREEZE)):
            field = f"{FREEZE}.{name}"
        return self.definition.field_as_given(field)


def with_defaults(definition: Definition) -> CompleteDefinition:
    """The definition complete, with Freeze carried out and the algorithm's name of the metric."""
    given = {**definition.shared, **definition.own}
    algorithm = find_algorithm(given)
    if algorithm is None:
        return CompleteDefinition(definition, given, None)
    document: dict[str, Any] = dict(algorithm.default_input)
    for layer in (definition.shared, definition.own):
        document = lay_over(document, layer, algorithm.aliases)
    document = with_algorithm_metric(freeze(document, algorithm.aliases), algorithm)
    return CompleteDefinition(definition, document, algorithm)


def _names(hyperparameters: Any) -> set[str]:
    """None of what is no object, which is told when the fields are read."""
    return set(hyperparameters) if isinstance(hyperparameters, Mapping) else set()
