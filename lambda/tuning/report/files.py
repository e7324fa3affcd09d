"""The results for programs: trials.csv, trials.json and summary.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from tuning.report.csv_lines import Cell, csv_lines
from tuning.report.run import Run
from tuning.report.search_space import parse_ranges
from tuning.trials.trials import Trial, TuningJob
from tuning.variables.summary import ReportFiles, Summary

FILES = {
    "Report": "report.html",
    "TrialsCsv": "trials.csv",
    "TrialsJson": "trials.json",
    "Summary": "summary.json",
}


def summary(run: Run) -> Summary:
    """The output of an execution that ended as it should."""
    plan, winner = run.plan, run.winner
    return Summary(
        outcome=run.outcome,
        execution_id=run.execution_id,
        tuning_job_name=run.job.name,
        best_training_job=run.best_training_job,
        metric_name=winner.metric_name,
        type=winner.type,
        value=winner.value,
        tuned_hyper_parameters=winner.tuned_hyper_parameters,
        training_job_status_counters=dict(run.job.counters),
        tuning_seconds=None if run.plan.earlier_tuning_job else run.job.seconds,
        warm_start=plan.warm_start,
        cost_bound=plan.cost_bound,
        cost=run.cost,
        warnings=plan.warnings,
        endpoint_name=run.endpoint_name,
        model_name=run.model_name,
        model_package_arn=run.model_package_arn,
        verdict=run.verdict,
        approval=run.approval,
        files=ReportFiles.parse(
            {kind: str(plan.report.file(name)) for kind, name in FILES.items()}
        ),
        predictions=run.predictions,
    )


def as_json(document: Any) -> bytes:
    """Indented, so that people can read it too."""
    return json.dumps(document, indent=2).encode()


def trials_json(job: TuningJob, trials: Iterable[Trial]) -> bytes:
    """The trials in the order given, under SageMaker's own names."""
    return as_json([_trial_document(job, trial) for trial in trials])


def _trial_document(job: TuningJob, trial: Trial) -> dict[str, Any]:
    kind = trial.definition_name
    document = {
        "TrainingJobName": trial.name,
        **({"TrainingJobDefinitionName": kind} if kind else {}),
        "Status": trial.status,
        "ObjectiveStatus": trial.objective_status,
        "FinalMetric": {"MetricName": trial.metric_name or job.metric_name, "Value": trial.value},
        "TunedHyperParameters": dict(trial.tuned_hyperparameters),
        "TrainingStartTime": trial.started.isoformat() if trial.started else None,
        "TrainingEndTime": trial.ended.isoformat() if trial.ended else None,
        "TrainingSeconds": trial.seconds,
    }
    return {**document, "FailureReason": trial.failure_reason} if trial.failure_reason else document


def trials_csv(job: TuningJob, trials: Sequence[Trial]) -> bytes:
    """A header and a row a trial, in the order given; what a trial lacks is empty."""
    names = list(parse_ranges(job.config))
    has_kinds = any(trial.definition_name for trial in trials)
    kinds = ["TrainingJobDefinitionName"] if has_kinds else []
    head, tail = ["TrainingJobName", "TrainingJobStatus"], ["TrainingSeconds", "FailureReason"]
    rows: list[list[Cell]] = [[*head, *kinds, *names, job.metric_name, *tail]]
    for trial in trials:
        kind = [trial.definition_name] if has_kinds else []
        tuned = [trial.tuned_hyperparameters.get(name) for name in names]
        outcome = [trial.value, trial.seconds, trial.failure_reason]
        rows.append([trial.name, trial.status, *kind, *tuned, *outcome])
    return csv_lines(rows).encode()
