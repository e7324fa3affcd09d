"""Reads the fields of a complete definition: each has its type, its bounds and a known name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from pydantic import ValidationError

from tuning.algorithms.algorithm import Algorithm, algorithm_names
from tuning.errors import Fault
from tuning.execution_input.defaults import CompleteDefinition
from tuning.execution_input.definition import TrainingJobDefinition
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.lay_over import lay_over
from tuning.execution_input.said_twice import said_twice
from tuning.execution_input.suggest import close, did_you_mean
from tuning.execution_input.validation_faults import validation_faults

# Fields whose own fields are free names: one of these can be wrong and the rest right.
_TABLES = ("Channels", "ParameterRanges", "StaticHyperParameters")
# Without these nothing is known of what the hyperparameters may be.
_ALGORITHM = {"Algorithm", "AlgorithmSpecification"}


@dataclass(frozen=True)
class ValidDefinition:
    """What could be read of a definition, and a fault for each field that could not.

    Fields that could not be read have their built-in defaults in `run`, so that the others can be
    checked; `run` is None when that would tell nothing.
    """

    complete: CompleteDefinition
    run: ExecutionInput | None
    unread: tuple[Fault, ...] = ()

    def is_unread(self, field: str) -> bool:
        """Whether this field, by its path in a definition that stands alone, has a fault."""
        paths = (fault.field.split(".") for fault in self.unread)
        return field in {parent for path in paths for parent in accumulate(path, "{}.{}".format)}


def validate(complete: CompleteDefinition) -> ValidDefinition:
    """Every field of the definition as its type."""
    algorithm, entry = complete.algorithm, complete.definition.entry
    twice = tuple(said_twice(complete.definition, algorithm.aliases if algorithm else {}))
    if twice:
        return ValidDefinition(complete, None, twice)
    if algorithm is None:
        return ValidDefinition(complete, None, (_unknown_algorithm(complete.document),))
    try:
        if entry is not None:
            TrainingJobDefinition.model_validate(entry)
    except ValidationError as error:
        faults = validation_faults(error, TrainingJobDefinition, algorithm)
        return ValidDefinition(complete, None, tuple(faults))
    try:
        return ValidDefinition(complete, ExecutionInput.model_validate(complete.document))
    except ValidationError as error:
        rest = _read_rest(complete.document, error, algorithm)
        faults = validation_faults(error, ExecutionInput, algorithm)
        return ValidDefinition(complete, rest, tuple(faults))


def _unknown_algorithm(document: Mapping[str, Any]) -> Fault:
    name = document.get("Algorithm")
    rule, fix = "Retune does not know this algorithm.", did_you_mean(str(name), algorithm_names())
    return Fault("Algorithm", name, rule, fix)


def _read_rest(
    document: Mapping[str, Any], error: ValidationError, algorithm: Algorithm
) -> ExecutionInput | None:
    rest = dict(document)
    for field, path in _places(error):
        if field in _TABLES and path and path[0] in rest.get(field, {}):
            rest[field] = {key: value for key, value in rest[field].items() if key != path[0]}
        else:
            rest.pop(field, None)
    if any(_ALGORITHM & _meant(name) for name in document.keys() - rest.keys()):
        return None
    complete = lay_over(algorithm.default_input, rest, algorithm.aliases)
    required = {str(f.alias) for f in ExecutionInput.model_fields.values() if f.is_required()}
    return ExecutionInput.model_validate(complete) if required <= complete.keys() else None


def _meant(name: str) -> set[str]:
    """The field of this name, or those of which it may be a misspelling."""
    names = ExecutionInput.names()
    return {name} if name in names else set(close(name, names))


def _places(error: ValidationError) -> Iterator[tuple[str, tuple[int | str, ...]]]:
    for found in error.errors():
        field, *path = found["loc"]
        yield str(field), tuple(path)
