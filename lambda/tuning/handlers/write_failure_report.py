"""WriteFailureReport: the report of an execution that failed, was stopped or ran out of time."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import objects, training_logs, tuning_jobs
from tuning.aws.run_folder import VERDICT, RunFolder
from tuning.environment import in_aws
from tuning.report.all_files import report_files
from tuning.report.files import FILES
from tuning.report.run import Run
from tuning.report.search import Search
from tuning.variables.explanation import Explanation
from tuning.variables.plan import Plan
from tuning.variables.progress import Progress
from tuning.variables.verdict import Proven, Unproven, parse_verdict

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Progress", "Explained"}; returns {"Report": the S3 URI of report.html}.

    Returns {} for an execution that has tuned nothing. It writes no summary.json, with which an
    outcome would stand that recovery need not undo.
    """
    progress, explained = Progress.parse(event["Progress"]), Explanation.parse(event["Explained"])
    plan = progress.plan
    name = _tuning_job(plan) if plan else None
    if plan is None or name is None:
        return {}
    job = tuning_jobs.read_tuning_job(name)
    run = Run(
        search=Search.of(job, tuning_jobs.read_trials(name, job.secrets)),
        execution_id=progress.execution_id,
        outcome=explained.outcome,
        reason=explained.reason,
        plan=plan,
        cost=explained.cost,
        verdict=_verdict(plan),
        in_aws=in_aws(os.environ),
    )
    curves = training_logs.read_curves(run, training_logs.client())
    for file in report_files(run, curves):
        objects.write_object(plan.report.file(file.name), file.content, file.content_type)
    logger.info("Report written", extra={"outcome": run.outcome, "unread_logs": curves.note})
    return {"Report": str(plan.report.file(FILES["Report"]))}


def _verdict(plan: Plan) -> Proven | Unproven | None:
    """None when the execution failed before Decide."""
    document = RunFolder.of(plan).read(VERDICT)
    return None if document is None else parse_verdict(document)


def _tuning_job(plan: Plan) -> str | None:
    """The one that it has run, or the earlier one whose winner it was to train again."""
    start = plan.tuning_job["HyperParameterTuningJobName"]
    return plan.earlier_tuning_job or tuning_jobs.latest_of_execution(start)
