"""WriteReport: writes trials.csv, trials.json, summary.json and report.html.

Of a rollback it writes summary.json alone, and the registry and the next run get to know of it.
"""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import month_ledger, objects, rollback_record, tuning_jobs
from tuning.aws.clients import AWS_ERRORS
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.shared_document import Overtaken
from tuning.report.files import FILES, as_json, summary, trials_csv, trials_json
from tuning.report.page import render
from tuning.report.run import Run
from tuning.report.valid_values import valid_values
from tuning.variables.last_run import EndpointTuningJob, Judged, LastRun
from tuning.variables.plan import Plan
from tuning.variables.verdict import Proven

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes the execution's variables; returns its output, which is also summary.json."""
    plan = Plan.parse(event["Plan"])
    if plan.rollback:
        rolled_back = rollback_record.keep(plan, plan.rollback, event)
        logger.info("Rolled back", extra={"model": rolled_back.model_name})
        return rolled_back.to_document()
    name = event["TuningJobName"]
    job = tuning_jobs.read_tuning_job(name)
    trials = tuning_jobs.read_trials(name, job.secrets)
    cost = month_ledger.count(event["ExecutionId"], plan)
    run = Run.parse(event, job, trials, cost)
    output = summary(run).to_document()
    contents = {
        "TrialsCsv": (trials_csv(run.job, run.trials), "text/csv"),
        "TrialsJson": (trials_json(run.job, run.trials), "application/json"),
        "Report": (render(run, valid_values(run)), "text/html; charset=utf-8"),
        "Summary": (as_json(output), "application/json"),  # last: with it, the outcome stands
    }
    for kind, (content, content_type) in contents.items():
        objects.write_object(run.plan.report.file(FILES[kind]), content, content_type)
    if not run.plan.dry_run:
        last = LastRun(
            execution_id=event["ExecutionId"],
            outcome=run.outcome,
            fingerprint=run.plan.fingerprint,
            judged=_serving(run),
        )
        EndpointFolder.of(run.plan).keep_last_run(last)
    if not run.plan.earlier_tuning_job:
        _keep_tuning_job(EndpointTuningJob(name=name, data=run.plan.fingerprint.data), run.plan)
    logger.info("Report written", extra={"outcome": run.outcome})
    return output


def _keep_tuning_job(job: EndpointTuningJob, plan: Plan) -> None:
    """Later runs can do without it: an error of AWS must not undo a deployment."""
    try:
        EndpointFolder.of(plan).keep_tuning_job(job)
    except (*AWS_ERRORS, Overtaken) as error:
        logger.warning("Later runs do not learn from this one", extra={"error": str(error)})


def _serving(run: Run) -> Judged | None:
    """What serves from now on, with its score; None when it has none."""
    verdict = run.verdict
    if not isinstance(verdict, Proven):
        return None
    model = verdict.candidate if run.outcome == "Deployed" else verdict.champion
    if model is None or model.model_name is None or model.score is None:
        return None
    return Judged(model_name=model.model_name, metric_name=verdict.metric_name, score=model.score)
