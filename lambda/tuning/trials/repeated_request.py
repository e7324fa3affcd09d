"""The request that makes a tuning job again, from what SageMaker tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.algorithms.images import algorithm_of_image
from tuning.rows_in_text import NOT_SHOWN
from tuning.trials.injected_hyperparameter import without_injected

_MEMBERS = ("HyperParameterTuningJobName", "HyperParameterTuningJobConfig", "WarmStartConfig")


def repeated_request(description: Mapping[str, Any]) -> dict[str, Any]:
    """CreateHyperParameterTuningJob, of the answer of DescribeHyperParameterTuningJob.

    Values of Environment are not shown: they may be secrets. Its tags are not known.
    """
    request = {name: description[name] for name in _MEMBERS if description.get(name)}
    if one := description.get("TrainingJobDefinition"):
        request["TrainingJobDefinition"] = _definition(one)
    if several := description.get("TrainingJobDefinitions"):
        request["TrainingJobDefinitions"] = [_definition(each) for each in several]
    return request


def _definition(definition: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(definition)
    specification = dict(found.get("AlgorithmSpecification", {}))
    if algorithm_of_image(specification.get("TrainingImage", "")):
        specification.pop("MetricDefinitions", None)  # SageMaker adds them, and refuses them
        found["AlgorithmSpecification"] = specification
    if "StaticHyperParameters" in found:
        found["StaticHyperParameters"] = without_injected(found["StaticHyperParameters"])
    if "Environment" in found:
        found["Environment"] = dict.fromkeys(found["Environment"], NOT_SHOWN)
    return found
