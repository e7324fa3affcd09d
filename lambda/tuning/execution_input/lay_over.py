"""Lays one execution input over another, and carries out its Freeze."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.execution_input.nulls import MACHINES, given
from tuning.execution_input.parameter_ranges import SageMakerRanges

RANGES, STATIC, FREEZE = "ParameterRanges", "StaticHyperParameters", "Freeze"
SERVERLESS = "Serverless"
INSTANCES = {"InstanceType", "InitialInstanceCount", "AutoScaling", "DataCapture", "Rollout"}


def lay_over(
    defaults: Mapping[str, Any], document: Mapping[str, Any], aliases: Mapping[str, str]
) -> dict[str, Any]:
    """The document, with each top-level field it leaves out taken from the defaults.

    So are the members that it leaves out of ResourceConfig and Endpoint. A hyperparameter that
    the document tunes is not also taken as a static default, nor the other way round. `aliases`
    are second names of hyperparameters.
    """
    merged = {**defaults, **document}
    for field in MACHINES:
        if isinstance(document.get(field), Mapping):
            kept = _fitting(defaults.get(field, {}), given(document[field]))
            merged[field] = given({**kept, **document[field]})
    for said, other in ((RANGES, STATIC), (STATIC, RANGES)):
        # What the defaults say nothing of stays unsaid, so that what lies below them counts.
        if said in document and other not in document and other in defaults:
            names = _names(document[said])
            merged[other] = _without(merged.get(other), names, aliases)
    return merged


def _fitting(defaults: Mapping[str, Any], said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Defaults for instances are dropped for a serverless endpoint, and the other way round."""
    if SERVERLESS in said:
        return {key: value for key, value in defaults.items() if key not in INSTANCES}
    if said.keys() & INSTANCES:
        return {key: value for key, value in defaults.items() if key != SERVERLESS}
    return defaults


def freeze(document: Mapping[str, Any], aliases: Mapping[str, str]) -> dict[str, Any]:
    """The document with the hyperparameters of Freeze static and not tuned."""
    values, static = document.get(FREEZE), document.get(STATIC, {})
    if not isinstance(values, Mapping) or not isinstance(static, Mapping):
        return dict(document)
    kept = _without(static, set(values), aliases)
    ranges = _without(document.get(RANGES), set(values), aliases)
    return {**document, STATIC: {**kept, **values}, RANGES: ranges}


def _without(hyperparameters: Any, names: set[str], aliases: Mapping[str, str]) -> Any:
    """Without those of the names, under whichever of its names each is given.

    What is not written as it must be stays as it is: it is refused when the fields are read.
    """
    if hyperparameters is None:
        return {}
    if not isinstance(hyperparameters, Mapping):
        return hyperparameters
    main_names = {aliases.get(name, name) for name in names}
    gone = main_names | {alias for alias, name in aliases.items() if name in main_names}
    if _is_sagemaker_spelling(hyperparameters):
        return {kind: _unnamed(entries, gone) for kind, entries in hyperparameters.items()}
    return {name: value for name, value in hyperparameters.items() if name not in gone}


def _unnamed(entries: Any, names: set[str]) -> Any:
    if not isinstance(entries, list):
        return entries
    return [
        entry
        for entry in entries
        if not isinstance(entry, Mapping) or str(entry.get("Name")) not in names
    ]


def _names(hyperparameters: Any) -> set[str]:
    """The names in a document that may be wrong in any way."""
    if not isinstance(hyperparameters, Mapping):
        return set()
    if not _is_sagemaker_spelling(hyperparameters):
        return set(hyperparameters)
    lists = [entries for entries in hyperparameters.values() if isinstance(entries, list)]
    return {
        str(entry.get("Name")) for entries in lists for entry in entries if isinstance(entry, dict)
    }


def _is_sagemaker_spelling(ranges: Any) -> bool:
    return isinstance(ranges, Mapping) and bool(ranges.keys() & SageMakerRanges.names())
