"""The results for programs: trials.csv, trials.json and summary.json."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from tuning.report.run import Run
from tuning.report.search_space import parse_ranges
from tuning.trials.trials import Trial, TuningJob

FILES = {
    "Report": "report.html",
    "TrialsCsv": "trials.csv",
    "TrialsJson": "trials.json",
    "Summary": "summary.json",
}


def summary(run: Run) -> dict[str, Any]:
    """The output of a successful execution."""
    plan = run.plan
    return {
        "Outcome": run.outcome,
        "ExecutionId": run.execution_id,
        "TuningJobName": run.job.name,
        "BestTrainingJob": run.best_training_job,
        "MetricName": run.winner["MetricName"],
        "Type": run.winner["Type"],
        "Value": run.winner["Value"],
        "TunedHyperParameters": run.winner["TunedHyperParameters"],
        "TrainingJobStatusCounters": dict(run.job.counters),
        "TuningSeconds": run.job.seconds,
        "WarmStart": plan.warm_start.to_document() if plan.warm_start else {},
        "CostBound": plan.cost_bound.to_document(),
        "Warnings": list(plan.warnings),
        "EndpointName": run.endpoint_name,
        "ModelName": run.model_name,
        "ModelPackageArn": run.model_package_arn,
        "Verdict": dict(run.verdict),
        **({"Approval": dict(run.approval)} if run.approval else {}),
        "Files": {kind: str(plan.report.file(name)) for kind, name in FILES.items()},
        "Predictions": list(run.predictions),
    }


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
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    has_kinds = any(trial.definition_name for trial in trials)
    kinds = ["TrainingJobDefinitionName"] if has_kinds else []
    head, tail = ["TrainingJobName", "TrainingJobStatus"], ["TrainingSeconds", "FailureReason"]
    writer.writerow([*head, *kinds, *names, job.metric_name, *tail])
    for trial in trials:
        kind = [trial.definition_name] if has_kinds else []
        tuned = [trial.tuned_hyperparameters.get(name) for name in names]
        outcome = [trial.value, trial.seconds, trial.failure_reason]
        writer.writerow([trial.name, trial.status, *kind, *tuned, *outcome])
    return text.getvalue().encode()
