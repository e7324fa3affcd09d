"""Several training job definitions against each other, and against fields of the whole."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.algorithms.algorithm import Metric
from tuning.checks.warm_start import NOT_FOR_SEVERAL
from tuning.data.data_format import DataFormat
from tuning.errors import Fault
from tuning.execution_input.definition import DEFINITIONS
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of

MAX_DEFINITIONS = 10  # of one tuning job
MAX_ENVIRONMENT_VARIABLES = 48  # of all definitions together


def check(run: ExecutionInput) -> Iterator[Fault]:
    """Faults of the definitions together. Each by itself has been checked before."""
    names = [name for name, _ in run.definitions if name is not None]
    if not names:
        return
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault(
            f"{DEFINITIONS}.{name}.DefinitionName",
            name,
            "Another definition has this name.",
            "Give each definition a name of its own.",
        )
    if len(names) > MAX_DEFINITIONS:
        yield Fault(
            DEFINITIONS,
            f"{len(names)} definitions",
            f"SageMaker takes at most {MAX_DEFINITIONS}.",
            "Split them among several executions.",
        )
    yield from _check_channels(run)
    yield from _check_features(run)
    yield from _check_directions(run)
    yield from _check_formats(run)
    variables = sum(len(alone.environment or {}) for _, alone in run.definitions)
    if variables > MAX_ENVIRONMENT_VARIABLES:
        yield Fault(
            "Environment",
            run.environment,
            f"All definitions together have {variables} variables, and SageMaker takes at most "
            f"{MAX_ENVIRONMENT_VARIABLES}.",
            "Leave some out.",
        )


def _check_channels(run: ExecutionInput) -> Iterator[Fault]:
    """Prepare makes channels once, for all of them."""
    for name, alone in run.definitions:
        if alone.prepare != run.prepare:
            field = f"{DEFINITIONS}.{name}.Channels"
            rule = "Prepare makes the channels of the other definitions, and of each the same."
            yield Fault(field, None, rule, "Leave out Channels, or Prepare.")


def _check_features(run: ExecutionInput) -> Iterator[Fault]:
    warm_start = run.warm_start_config
    if warm_start and not warm_start.is_automatic:
        yield Fault(
            "WarmStartConfig",
            warm_start.warm_start_type,
            NOT_FOR_SEVERAL,
            "Remove it, or use one definition.",
        )
    if run.training_job_early_stopping_type != "Off":
        yield Fault(
            "TrainingJobEarlyStoppingType",
            run.training_job_early_stopping_type,
            "SageMaker has no early stopping for several training job definitions.",
            "Set it to Off, or use one definition.",
        )
    jobs = run.resource_limits.max_number_of_training_jobs
    if jobs < len(run.definitions):
        yield Fault(
            "ResourceLimits.MaxNumberOfTrainingJobs",
            jobs,
            f"There are {len(run.definitions)} definitions to try.",
            f"Use at least {len(run.definitions)}.",
        )


def _check_directions(run: ExecutionInput) -> Iterator[Fault]:
    """SageMaker compares the metrics of all definitions: all must be better in one direction."""
    (_, first), *others = run.definitions
    direction = _metric(first).type
    for name, alone in others:
        metric = _metric(alone)
        if metric.type != direction:
            yield Fault(
                f"{DEFINITIONS}.{name}.TuningObjective.MetricName",
                metric.name,
                f"It is to be {metric.type}d, the first definition's metric {direction}d: no job "
                "could be the best of both.",
                "Tune all definitions on the same kind of metric.",
            )


def _check_formats(run: ExecutionInput) -> Iterator[Fault]:
    """The rows that models are asked about are settled before it is known which one wins."""
    (_, first), *others = run.definitions
    for name, alone in others:
        if DataFormat.of(alone.content_type) is not DataFormat.of(first.content_type):
            yield Fault(
                f"{DEFINITIONS}.{name}.ContentType",
                alone.content_type,
                f"The first definition reads {first.content_type}, and the winner, whichever it "
                "is, is asked about rows of that.",
                "Give all definitions data of one format.",
            )


def _metric(run: ExecutionInput) -> Metric:
    return algorithm_of(run).metrics[run.hyper_parameter_tuning_job_objective.metric_name]
