"""The training job definitions of an execution input, each as the document it would be alone.

A definition takes what it leaves out from the input as a whole. It does not take hyperparameters,
metric and ranges that were meant for another algorithm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuning.execution_input.definition import DEFAULT_ALGORITHM, DEFINITIONS
from tuning.execution_input.nulls import given

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
# Who gives the one leaves out what lies below of the other.
INSTEAD_OF = {
    "Algorithm": "AlgorithmSpecification",
    "AlgorithmSpecification": "Algorithm",
    "ResourceConfig": "HyperParameterTuningResourceConfig",
    "Channels": "Prepare",
    "Prepare": "Channels",
}

NAME = "DefinitionName"

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Definition:
    """One kind of training job, before it is known whether its fields can be read.

    `own` is what it says itself and `shared` what it takes from elsewhere, both under the names of
    an input without definitions. `entry` is the object of TrainingJobDefinitions at `index`, None
    for an input that has none. `whole` is the document without deployed defaults.
    """

    own: Document
    shared: Document
    whole: Document
    entry: Document | None = None
    index: int = 0

    @property
    def name(self) -> str | None:
        """None for an input without definitions, and for a definition without a name."""
        name = None if self.entry is None else self.entry.get("DefinitionName")
        return name if isinstance(name, str) else None

    def field_as_given(self, field: str) -> str:
        """A field's path as it is called in the document, which may give it as a whole."""
        if self.entry is None:
            return field
        head, _, rest = field.partition(".")
        name = IN_DEFINITION.get(head, head)
        if name == NAME:
            return f"{DEFINITIONS}.{self.index}.{NAME}"
        if name not in self.entry and head not in OF_THE_ALGORITHM:
            return field
        return ".".join(filter(None, (DEFINITIONS, self.name or str(self.index), name, rest)))


def definitions(document: Document, defaults: Document) -> list[Definition]:
    """At least one. The document and its definitions go before the deployed `defaults`."""
    own = given(document)
    whole = {**beneath(defaults, document), **own}
    entries = _entries(whole)
    if not entries:
        return [Definition(own, _shared(defaults, document), own)]
    return [
        Definition(given(part), _shared(whole, part), own, given(entry), index)
        for index, (part, entry) in enumerate(zip(map(_own_part, entries), entries, strict=True))
    ]


def _entries(document: Document) -> list[Document]:
    """None when they are not given, or are no objects: then they are one field that is wrong."""
    entries = document.get(DEFINITIONS)
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        return []
    return entries


def _own_part(entry: Document) -> Document:
    return {IN_CONFIG.get(name, name): value for name, value in entry.items() if name != NAME}


def _shared(whole: Document, own: Document) -> Document:
    lower = beneath(whole, own)
    shared = {name: value for name, value in lower.items() if name != DEFINITIONS}
    if _algorithm_key(given(whole)) == _algorithm_key({**shared, **given(own)}):
        return shared
    return {name: value for name, value in shared.items() if name not in OF_THE_ALGORITHM}


def beneath(lower: Document, upper: Document) -> Document:
    """What `upper` leaves of `lower`: not what it sets to null, nor the other way to say it."""
    nulls = {name for name, value in upper.items() if value is None}
    gone = nulls | {INSTEAD_OF[name] for name in given(upper).keys() & INSTEAD_OF.keys()}
    return {name: value for name, value in given(lower).items() if name not in gone}


def _algorithm_key(document: Document) -> Any:
    """Equal for documents of the same algorithm."""
    if "AlgorithmSpecification" in document:
        return repr(document["AlgorithmSpecification"])
    return document.get("Algorithm", DEFAULT_ALGORITHM)
