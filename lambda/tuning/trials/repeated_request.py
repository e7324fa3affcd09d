"""The request that makes a tuning job again, from what SageMaker tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.algorithms.images import algorithm_of_image
from tuning.rows_in_text import NOT_SHOWN

# AMT adds it so that the container reports the metric; a request must not repeat it.
INJECTED_HYPERPARAMETER = "_tuning_objective_metric"
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
        given = dict(found["StaticHyperParameters"])
        given.pop(INJECTED_HYPERPARAMETER, None)
        found["StaticHyperParameters"] = given
    if "Environment" in found:
        found["Environment"] = dict.fromkeys(found["Environment"], NOT_SHOWN)
    return found
