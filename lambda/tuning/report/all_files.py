"""All files of a report, and the summary of an execution that ended as it should."""

from __future__ import annotations

from dataclasses import dataclass

from tuning.report.curves import Curves
from tuning.report.document import make_document
from tuning.report.files import FILES, trials_csv, trials_json
from tuning.report.page import render
from tuning.report.run import CompletedRun, Run
from tuning.variables.summary import ReportFiles, Summary


@dataclass(frozen=True)
class ReportFile:
    """A file, and what it is for S3 and browsers."""

    name: str
    content: bytes
    content_type: str


def report_files(run: Run, curves: Curves | None = None) -> list[ReportFile]:
    """All that tell of the tuning job; an execution that failed has them too."""
    document = make_document(run, curves)
    job, trials = run.search.job, run.search.trials
    return [
        ReportFile(FILES["TrialsCsv"], trials_csv(job, trials), "text/csv"),
        ReportFile(FILES["TrialsJson"], trials_json(job, trials), "application/json"),
        ReportFile(FILES["ReportJson"], document.to_json().encode(), "application/json"),
        ReportFile(FILES["Report"], render(run, document), "text/html; charset=utf-8"),
    ]


def summary(run: CompletedRun) -> Summary:
    """The output of an execution that ended as it should."""
    plan, winner = run.plan, run.winner
    return Summary(
        outcome=run.outcome,
        execution_id=run.execution_id,
        tuning_job_name=run.search.job.name,
        best_training_job=run.best_training_job,
        metric_name=winner.metric_name,
        type=winner.type,
        value=winner.value,
        tuned_hyper_parameters=winner.tuned_hyper_parameters,
        training_job_status_counters=dict(run.search.job.counters),
        tuning_seconds=None if run.plan.earlier_tuning_job else run.search.job.seconds,
        warm_start=plan.warm_start,
        cost_bound=plan.cost_bound,
        cost=run.cost,
        warnings=plan.warnings,
        endpoint_name=run.endpoint_name,
        model_name=run.model_name,
        model_package_arn=run.model_package_arn,
        verdict=run.verdict,
        approval=run.approval,
        scaling_failure=run.scaling_failure,
        files=ReportFiles.parse(
            {kind: str(plan.report.file(name)) for kind, name in FILES.items()}
        ),
        predictions=run.predictions,
    )
