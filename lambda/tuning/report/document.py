"""report.json: what the charts and the table of the page are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tuning.report.baseline import Baseline, Noise, baseline, noise
from tuning.report.curves import Curve, Curves
from tuning.report.document_types import (
    BaselinePart,
    CurvePart,
    CurvesPart,
    ImportancePart,
    JobPart,
    MetricPart,
    NoisePart,
    RangePart,
    ReportDocument,
    Scaling,
    SharePart,
    TuningJobPart,
)
from tuning.report.importance import Importance
from tuning.report.run import Run
from tuning.report.search import SearchPart
from tuning.report.search_space import NumericRange, Range
from tuning.report.varied import choose_pair, shared_hyperparameters
from tuning.trials.ending import why_it_ended
from tuning.trials.trials import Trial, TuningJob

_GOES_ON = ("InProgress", "Stopping")
_SCALINGS: Mapping[str, Scaling] = {
    "Logarithmic": "Logarithmic",
    "ReverseLogarithmic": "ReverseLogarithmic",
}


def make_document(run: Run, curves: Curves | None = None) -> ReportDocument:
    """Of any tuning jobs, also those that go on or have no training job yet."""
    search, best = run.search, run.best
    shown = curves or Curves(note="The logs of the training jobs were not read.")
    found = run.importance
    return ReportDocument(
        title=search.title,
        live=any(job.status in _GOES_ON for job in search.jobs),
        metric=MetricPart(name=search.metric_name, type=search.job.objective_type),
        tuning_jobs=tuple(map(_tuning_job, search.parts)),
        ranges=tuple(map(_range, search.ranges.values())),
        jobs=tuple(_jobs(run, shown.by_job)),
        best=best.name if best else None,
        deployed=run.deployed,
        baseline=_baseline(baseline(search, run.algorithm)),
        noise=_noise(noise(search)),
        importance=_importance(found),
        importance_note=found.note,
        pair=choose_pair(shared_hyperparameters(search), found.ranked()),
        curves=CurvesPart(
            shown=len(shown.by_job), left_out=shown.left_out, unit=shown.unit, note=shown.note
        ),
    )


def _tuning_job(part: SearchPart) -> TuningJobPart:
    job = part.job
    return TuningJobPart(
        name=job.name,
        status=job.status,
        strategy=job.strategy,
        created=job.created,
        ended=job.ended,
        max_jobs=job.limits.get("MaxNumberOfTrainingJobs"),
        max_parallel=job.limits.get("MaxParallelTrainingJobs"),
        is_parent=part.is_parent,
        why_it_ended=why_it_ended(job),
    )


def _range(searched: Range) -> RangePart:
    if isinstance(searched, NumericRange):
        return RangePart(
            name=searched.name,
            kind="Integer" if searched.is_integer else "Continuous",
            min=searched.low,
            max=searched.high,
            scaling=_SCALINGS.get(searched.scaling, "Linear"),
        )
    return RangePart(name=searched.name, kind="Categorical", values=searched.values)


def _jobs(run: Run, curves: Mapping[str, Curve]) -> Iterator[JobPart]:
    search = run.search
    ranks = {trial.name: rank for rank, trial in enumerate(search.scored, start=1)}
    for number, trial in enumerate(search.in_order(), start=1):
        curve = curves.get(trial.name)
        yield _job(run, trial, number=number, rank=ranks.get(trial.name), curve=curve)


def _job(run: Run, trial: Trial, *, number: int, rank: int | None, curve: Curve | None) -> JobPart:
    search = run.search
    owner = search.owners[trial.name]
    return JobPart(
        name=trial.name,
        label=search.label(trial),
        tuning_job=owner.name,
        definition=trial.definition_name,
        number=number,
        rank=rank,
        status=trial.status,
        early_stopped=was_stopped_early(owner, trial),
        value=trial.value,
        created=trial.created,
        started=trial.started,
        ended=trial.ended,
        seconds=trial.seconds,
        billable_seconds=trial.billable_seconds,
        hyper_parameters=dict(trial.tuned_hyperparameters),
        failure_reason=trial.failure_reason,
        log_command=f"retune logs {trial.name}",
        log_url=run.log_url(trial.name),
        curve=CurvePart(metric=curve.metric, points=curve.points) if curve else None,
    )


def was_stopped_early(owner: TuningJob, trial: Trial) -> bool:
    """By AMT, because it would not have been among the best; it has a metric all the same."""
    return owner.stops_early and trial.status == "Stopped" and trial.value is not None


def _baseline(found: Baseline | None) -> BaselinePart | None:
    if found is None:
        return None
    return BaselinePart(label=found.label, value=found.value, job=found.trial.name)


def _noise(found: Noise | None) -> NoisePart | None:
    if found is None:
        return None
    return NoisePart(
        standard_deviation=found.standard_deviation, groups=found.groups, jobs=found.trials
    )


def _importance(found: Importance) -> tuple[ImportancePart, ...]:
    return tuple(
        ImportancePart(
            evaluator=evaluator,
            shares=tuple(
                SharePart(name=each.name, share=each.share, low=each.low, high=each.high)
                for each in shares
            ),
        )
        for evaluator, shares in found.shares.items()
    )
