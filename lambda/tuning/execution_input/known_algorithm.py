"""What is known of the algorithm of an execution input: a built-in one, or any other image.

An image is described by the input itself: its hyperparameters are those that the input names, its
metric is the objective. So the checks of ranges and limits hold for it as for a built-in algorithm.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.algorithms.algorithm import (
    Algorithm,
    Hyperparameter,
    Metric,
    algorithm_names,
    load_algorithm,
)
from tuning.execution_input.definition import DEFAULT_ALGORITHM
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.parameter_ranges import AutoParameter, CategoricalRange, Range

# Before its input is read, nothing is known of an image.
UNKNOWN = Algorithm(
    name="image",
    title="The image",
    versions=(),
    default_version="",
    channels=("train", "validation"),
    content_types=(),
    missing_values=True,
    accept="text/csv",
    aliases={},
    objective_hyperparameter="",
    classes_hyperparameter="",
    stopped_jobs_keep_their_model_with={},
    default_input={},
    requirements=(),
    label_rules={},
    metrics={},
    hyperparameters={},
    input_modes=("File", "Pipe", "FastFile"),
)


def find_algorithm(document: Mapping[str, Any]) -> Algorithm | None:
    """Of a document whose fields are not read yet; None when there is no algorithm of its name."""
    if document.get("AlgorithmSpecification") is not None:
        return UNKNOWN
    name = document.get("Algorithm", DEFAULT_ALGORITHM)
    return load_algorithm(name) if name in algorithm_names() else None


def algorithm_of(run: ExecutionInput) -> Algorithm:
    """What is known of the algorithm that a run trains with."""
    if run.algorithm_specification is None:
        return load_algorithm(run.algorithm)
    objective = run.hyper_parameter_tuning_job_objective
    metric = Metric(objective.metric_name, objective.type or "", fits=("*",))
    tuned = {
        name: Hyperparameter(name, "FreeText", choices=_choices(range_), tuned_as=_kind(range_))
        for name, range_ in run.parameter_ranges.items()
    }
    static = {name: Hyperparameter(name, "FreeText") for name in run.static_hyper_parameters}
    channels = run.channels or dict.fromkeys(UNKNOWN.channels)
    return Algorithm(
        **{
            **vars(UNKNOWN),
            "channels": tuple({**channels, **run.larger_channels}),
            "content_types": (run.content_type,),
            "metrics": {metric.name: metric},
            "hyperparameters": {**static, **tuned},
        }
    )


def _kind(range_: Range) -> str:
    """A range without a type is a fault of its own, and then as good as a continuous one."""
    if isinstance(range_, CategoricalRange):
        return "Categorical"
    return "Auto" if isinstance(range_, AutoParameter) else range_.type or "Continuous"


def _choices(range_: Range) -> tuple[str, ...]:
    return tuple(range_.values) if isinstance(range_, CategoricalRange) else ()
