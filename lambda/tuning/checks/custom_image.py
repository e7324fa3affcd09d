"""What the input must say of an image that Retune does not know."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.parameter_ranges import NumericRange
from tuning.execution_input.training import AlgorithmSpecification


def check(run: ExecutionInput, given: AlgorithmSpecification) -> Iterator[Fault]:
    """Faults of AlgorithmSpecification and of what belongs to it."""
    objective = run.hyper_parameter_tuning_job_objective
    if objective.type is None:
        yield Fault(
            "HyperParameterTuningJobObjective.Type",
            None,
            "Whether the metric of an image is better higher or lower is not known.",
            "Give Maximize or Minimize.",
        )
    names = [definition.name for definition in given.metric_definitions or ()]
    if names and objective.metric_name not in names:
        yield Fault(
            "HyperParameterTuningJobObjective.MetricName",
            objective.metric_name,
            "AlgorithmSpecification.MetricDefinitions do not define it.",
            f"Use one of {', '.join(names)}, or add its Name and Regex.",
        )
    for name, range_ in run.parameter_ranges.items():
        if isinstance(range_, NumericRange) and range_.type is None:
            yield Fault(
                f"ParameterRanges.{name}.Type",
                None,
                "Whether the image takes whole numbers only is not known.",
                "Give Integer or Continuous, or use SageMaker's lists.",
            )
    if run.algorithm_version is not None:
        yield Fault(
            "AlgorithmVersion",
            run.algorithm_version,
            "AlgorithmSpecification names the image as a whole.",
            "Remove it.",
        )
