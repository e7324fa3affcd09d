"""Several training job definitions, each as the document that it would be alone.

What a definition leaves out is taken from the document as a whole. Hyperparameters, metric and
ranges of another algorithm are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.execution_input.definition import DEFAULT_ALGORITHM

DEFINITIONS = "TrainingJobDefinitions"
# What means something to one algorithm only.
OF_THE_ALGORITHM = (
    "AlgorithmVersion",
    "HyperParameterTuningJobObjective",
    "ParameterRanges",
    "StaticHyperParameters",
    "Freeze",
    "ContentType",
)
# SageMaker's names of the same things in a definition and in the tuning job's config.
IN_CONFIG = {
    "TuningObjective": "HyperParameterTuningJobObjective",
    "HyperParameterRanges": "ParameterRanges",
}
IN_DEFINITION = {config: definition for definition, config in IN_CONFIG.items()}


def several(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The definitions of a document; none when they are not given or are no objects."""
    entries = document.get(DEFINITIONS)
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        return []
    return entries


def own_part(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A definition under the names that an input without definitions uses."""
    return {
        IN_CONFIG.get(name, name): value
        for name, value in entry.items()
        if name != "DefinitionName"
    }


def shared_part(document: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """What a definition can take from the document as a whole."""
    shared = {name: value for name, value in document.items() if name != DEFINITIONS}
    if algorithm_key(shared) == algorithm_key({**shared, **own}):
        return shared
    return {name: value for name, value in shared.items() if name not in OF_THE_ALGORITHM}


def algorithm_key(document: Mapping[str, Any]) -> Any:
    """Equal for documents of the same algorithm."""
    if "AlgorithmSpecification" in document:
        return repr(document["AlgorithmSpecification"])
    return document.get("Algorithm", DEFAULT_ALGORITHM)


def field_in_definition(field: str, entry: Mapping[str, Any]) -> str | None:
    """A fault's field as it is called in the definition; None for one that it does not give."""
    head, _, rest = field.partition(".")
    name = IN_DEFINITION.get(head, head)
    if name not in entry and head not in OF_THE_ALGORITHM:
        return None
    path = f"{name}.{rest}" if rest else name
    return f"{DEFINITIONS}.{entry.get('DefinitionName', '?')}.{path}"
