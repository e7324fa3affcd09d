"""Whether models of this run can be scored on a test channel, and by the metric asked for."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.algorithms.algorithm import Algorithm
from tuning.data.data_format import DataFormat
from tuning.errors import Fault
from tuning.evaluation.metric_names import METRICS, RANKING, metrics_for
from tuning.execution_input.channel import TEST, uris
from tuning.execution_input.evaluation import Slice
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.suggest import did_you_mean

SCORING = "ChampionWorseThan"


def check(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    """Faults of Evaluation, Promotion and of a test channel that the input names."""
    obstacle = find_obstacle(run, algorithm)
    if run.retune_when == SCORING:
        yield from _check_scoring(run, obstacle)
    if obstacle:
        yield from _check_unasked(run, obstacle)
        return
    if run.evaluation and run.evaluation.metric_name:
        name = run.evaluation.metric_name
        yield from _check_metric("Evaluation.MetricName", name, name, run, algorithm)
    guardrails = (run.promotion and run.promotion.guardrails) or {}
    for name, tolerance in guardrails.items():
        yield from _check_metric(f"Promotion.Guardrails.{name}", tolerance, name, run, algorithm)
    for number, each in enumerate((run.promotion and run.promotion.slices) or []):
        yield from _check_slice(f"Promotion.Slices.{number}", each, run, algorithm)


def _check_scoring(run: ExecutionInput, obstacle: str | None) -> Iterator[Fault]:
    """Faults of a run that first scores the champion."""
    if obstacle:
        yield Fault("RetuneWhen", run.retune_when, obstacle, "Use DataChanged.")
    elif run.retune_margin is None:
        rule = f"{SCORING} needs to know by how much the champion's score may have fallen."
        yield Fault("RetuneMargin", None, rule, "Give it in the metric's unit, for example 0.01.")


def _check_slice(
    field: str, slice_: Slice, run: ExecutionInput, algorithm: Algorithm
) -> Iterator[Fault]:
    if slice_.metric_name:
        name = slice_.metric_name
        yield from _check_metric(f"{field}.MetricName", name, name, run, algorithm)
    if DataFormat.of(run.content_type) is DataFormat.RECORDIO:
        rule = "The columns of recordio-protobuf are not read."
        yield Fault(f"{field}.Column", slice_.column, rule, "Use CSV or libsvm, or leave it out.")
    if algorithm.problem_type(algorithm.objective(run.static_hyper_parameters)) == RANKING:
        rule = "A ranking is judged by whole queries, and not by groups of rows."
        yield Fault(field, slice_.title, rule, "Leave Promotion.Slices out.")


def _check_unasked(run: ExecutionInput, obstacle: str) -> Iterator[Fault]:
    """An input must not ask for what cannot be done."""
    asked: dict[str, object] = {
        "Evaluation": run.evaluation and run.evaluation.to_sagemaker(),
        "Promotion": run.promotion and run.promotion.to_sagemaker(),
    }
    if not run.algorithm_specification:  # the channels of another image are its own affair
        asked[f"Channels.{TEST}"] = uris(run.channels or {}).get(TEST)
    for field, value in asked.items():
        if value:
            fix = "Leave it out; the best of tuning is then deployed without this proof."
            yield Fault(field, value, obstacle, fix)


def _check_metric(
    field: str, value: object, name: str, run: ExecutionInput, algorithm: Algorithm
) -> Iterator[Fault]:
    """Faults of a field that names a metric."""
    objective = algorithm.objective(run.static_hyper_parameters)
    possible = metrics_for(
        algorithm.problem_type(objective) or "", from_labels=algorithm.answers_labels(objective)
    )
    if name not in METRICS:
        rule = "There is no such metric of held-out evaluation."
        yield Fault(field, value, rule, did_you_mean(name, METRICS))
    elif name not in possible:
        rule = f"It cannot be computed from what {objective} predicts."
        yield Fault(field, value, rule, f"Use one of {', '.join(possible)}.")


def find_obstacle(run: ExecutionInput, algorithm: Algorithm) -> str | None:
    """Why no model of this run can be scored on held-out data; None when it can."""
    if run.algorithm_specification:
        return "Held-out evaluation does not know what another image predicts."
    objective = algorithm.objective(run.static_hyper_parameters)
    if DataFormat.of(run.content_type) is DataFormat.PARQUET:
        return (
            f"Held-out evaluation asks the model for predictions, and {algorithm.title}, which "
            "trains on Parquet, predicts from CSV, libsvm and recordio-protobuf only."
        )
    problem_type = algorithm.problem_type(objective)
    if problem_type == RANKING and DataFormat.of(run.content_type) is not DataFormat.LIBSVM:
        return (
            f"Held-out evaluation judges {objective} by query, which libsvm alone tells: as the "
            "qid of each row."
        )
    if problem_type is None:
        return f"Held-out evaluation has no metric for the objective {objective}."
    return None
