"""The files of a report by name, and those of the trials.

Every function knows this module: it needs none of the packages that only the report's layer has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from tuning.report.csv_lines import Cell, csv_lines
from tuning.report.search_space import parse_ranges
from tuning.trials.trials import Trial, TuningJob

FILES = {
    "Report": "report.html",
    "ReportJson": "report.json",
    "TrialsCsv": "trials.csv",
    "TrialsJson": "trials.json",
    "Summary": "summary.json",
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
