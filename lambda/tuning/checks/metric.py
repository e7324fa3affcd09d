"""The objective metric: does the algorithm report it, and is the reported value right?"""

from __future__ import annotations

from collections.abc import Iterator

from tuning.algorithms.algorithm import Algorithm, Metric
from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.suggest import did_you_mean

FIELD = "HyperParameterTuningJobObjective"


def check(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    """Faults of HyperParameterTuningJobObjective."""
    objective = run.hyper_parameter_tuning_job_objective
    metric = algorithm.metrics.get(objective.metric_name)
    if metric is None:
        yield _unknown(objective.metric_name, algorithm)
        return
    if objective.type and objective.type != metric.type:
        yield Fault(
            f"{FIELD}.Type",
            objective.type,
            f"{metric.name} is better when it is "
            f"{'higher' if metric.type == 'Maximize' else 'lower'}.",
            f"Use {metric.type}, or leave Type out.",
        )
    yield from _check_meaning(metric, run, algorithm)
    yield from _check_early_end(metric, run, algorithm)


def _unknown(name: str, algorithm: Algorithm) -> Fault:
    prefixed = f"validation:{name}"
    return Fault(
        f"{FIELD}.MetricName",
        name,
        f"{algorithm.title} reports no such metric.",
        f"Did you mean {prefixed}?"
        if prefixed in algorithm.metrics
        else did_you_mean(name, algorithm.metrics),
    )


def _check_meaning(metric: Metric, run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    version = algorithm.known_version(run.algorithm_version)
    objective = algorithm.objective(run.static_hyper_parameters)
    if objective not in algorithm.hyperparameters[algorithm.objective_hyperparameter].choices:
        return  # a fault of its own
    others = ", ".join(_alternatives(algorithm, objective, version))
    if not metric.fits_objective(objective):
        yield Fault(
            f"{FIELD}.MetricName",
            metric.name,
            f"It cannot be computed for the objective {objective}.",
            f"Use one of {others}, or another {_objective_field(algorithm)}.",
        )
    elif defect := metric.defect_in(version, objective):
        truthful = [v for v in algorithm.versions if not metric.defect_in(v, objective)]
        yield Fault(
            f"{FIELD}.MetricName",
            metric.name,
            f"Version {version} computes it wrongly for {objective}, since {defect.because}; "
            "tuning would chase noise.",
            f"Use one of {others}, or set AlgorithmVersion to {truthful[-1]}, which reports it "
            "truthfully.",
        )


def _check_early_end(metric: Metric, run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    """Early stopping and Hyperband go by the metric after each epoch; some come only at the end."""
    early = {
        "TrainingJobEarlyStoppingType Auto": run.training_job_early_stopping_type == "Auto",
        "Strategy Hyperband": run.strategy == "Hyperband",
    }
    each_epoch = [name for name, known in algorithm.metrics.items() if not known.at_end]
    for setting, is_set in early.items():
        if metric.at_end and is_set:
            yield Fault(
                f"{FIELD}.MetricName",
                metric.name,
                f"It is reported once, at the end of training: {setting} has nothing to go by.",
                f"Use {' or '.join(each_epoch)}, or do without {setting}.",
            )


def _alternatives(algorithm: Algorithm, objective: str, version: str) -> list[str]:
    """The first four that would do. The algorithm's file lists the usual ones first."""
    sound = [
        metric.name
        for metric in algorithm.metrics.values()
        if metric.fits_objective(objective) and not metric.defect_in(version, objective)
    ]
    return sound[:4]


def _objective_field(algorithm: Algorithm) -> str:
    return f"StaticHyperParameters.{algorithm.objective_hyperparameter}"
