"""A training job definition of a pasted request, in the fields of an execution input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tuning.algorithms.algorithm import load_algorithm
from tuning.algorithms.images import algorithm_of_image, claims_to_be_built_in
from tuning.errors import Fault
from tuning.execution_input.members import find, without
from tuning.execution_input.nulls import given
from tuning.execution_input.request_channels import (
    CHANNELS,
    channels,
    check_channels,
    content_type,
)
from tuning.execution_input.request_fields import (
    EMPTY_WHEN_DESCRIBED,
    LEFT_OUT,
    READ_ONLY_OF_DEFINITION,
    REFUSED,
    Unusable,
)

_SPECIFICATION, _ONE, _FLEXIBLE = (
    "AlgorithmSpecification",
    "ResourceConfig",
    "HyperParameterTuningResourceConfig",
)
_STATIC = "StaticHyperParameters"
# A built-in algorithm has its own metrics, which SageMaker lists where it describes a tuning job.
_OF_BUILT_IN = {"TrainingImage", "TrainingInputMode", "MetricDefinitions"}
_SCRIPT = (
    "sagemaker_program"  # the hyperparameter that gives a built-in image a script of one's own
)
# Where fields of an input stand in a definition, if not under their own names.
PLACES = {
    "Algorithm": f"{_SPECIFICATION}.TrainingImage",
    "AlgorithmVersion": f"{_SPECIFICATION}.TrainingImage",
    "Channels": CHANNELS,
    "ContentType": CHANNELS,
}


def check_definition(
    definition: Mapping[str, Any], refused: Mapping[str, Unusable] = REFUSED
) -> Iterator[Fault]:
    """A fault for each of its fields that an execution input cannot ask for."""
    yield from asked_for(definition, refused)
    if definition.get(CHANNELS) is not None:
        yield from check_channels(definition[CHANNELS])


def asked_for(document: Mapping[str, Any], unusable: Mapping[str, Unusable]) -> Iterator[Fault]:
    """A fault for each of these fields that the document gives, unless it asks for nothing."""
    for path, why in unusable.items():
        for field, value in find(document, path):
            if value not in (None, [], {}, why.neutral):
                yield Fault(field, value, why.rule, why.fix)


def input_fields(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The same definition, which has no fault, as fields of an execution input."""
    fields: dict[str, Any] = {_STATIC: {}, **_usable(definition)}
    specification = fields.get(_SPECIFICATION)
    built_in = _built_in(specification, fields[_STATIC])
    if built_in:
        del fields[_SPECIFICATION]
        fields |= built_in
    listed = fields.pop(CHANNELS, None)
    if listed:
        mode = specification.get("TrainingInputMode") if built_in and specification else None
        fields |= {"Channels": channels(listed, mode), "ContentType": content_type(listed)}
    machines = fields.get(_FLEXIBLE)
    if isinstance(machines, Mapping) and "InstanceType" in machines and _ONE not in fields:
        fields[_ONE] = fields.pop(_FLEXIBLE)  # of one kind
    return fields


def _usable(definition: Mapping[str, Any]) -> dict[str, Any]:
    for path in (*REFUSED, *LEFT_OUT, *READ_ONLY_OF_DEFINITION):
        definition = without(definition, path)
    for path in EMPTY_WHEN_DESCRIBED:
        if any(value == "" for _, value in find(definition, path)):
            definition = without(definition, path)
    return given(definition)


def _built_in(specification: Any, static: Any) -> dict[str, str]:
    """Algorithm and version of SageMaker's own image; empty for any other.

    The region is left to the deployment, where the same image lies in another registry.
    """
    image = specification.get("TrainingImage") if isinstance(specification, Mapping) else None
    if not isinstance(image, str) or specification.keys() - _OF_BUILT_IN:
        return {}
    if isinstance(static, Mapping) and _SCRIPT in static:
        return {}
    algorithm, version = algorithm_of_image(image), image.rpartition(":")[2]
    if algorithm is None or claims_to_be_built_in(image):
        return {}
    if version not in load_algorithm(algorithm).versions:
        return {}
    return {"Algorithm": algorithm, "AlgorithmVersion": version}
