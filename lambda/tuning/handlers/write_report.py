"""WriteReport: writes report.html, report.json, trials.csv, trials.json and summary.json.

Of a rollback and of an import it writes summary.json alone. After a rollback the registry and the
next run get to know of it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from preparation.description import Description

from tuning.aws import (
    import_record,
    month_ledger,
    objects,
    rollback_record,
    training_logs,
    tuning_jobs,
)
from tuning.aws.clients import AWS_ERRORS
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.model_file import read_model_file
from tuning.aws.shared_document import Overtaken
from tuning.data.s3_location import S3Location
from tuning.environment import in_aws
from tuning.errors import MissingData
from tuning.report.all_files import report_files, summary
from tuning.report.column_gains import MAX_BYTES, MODEL_FILE, ColumnGains
from tuning.report.curves import Curves
from tuning.report.files import FILES, as_json
from tuning.report.run import CompletedRun
from tuning.report.search import Search
from tuning.report.trained_model import TrainedModel
from tuning.variables.last_run import EndpointTuningJob, Judged, LastRun
from tuning.variables.plan import Plan
from tuning.variables.verdict import Proven

logger = Logger()
XGBOOST = "xgboost"  # the algorithm whose models have trees


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes the execution's variables; returns its output, which is also summary.json."""
    plan = Plan.parse(event["Plan"])
    if plan.rollback:
        rolled_back = rollback_record.keep(plan, plan.rollback, event)
        logger.info("Rolled back", extra={"model": rolled_back.model_name})
        return rolled_back.to_document()
    if plan.imported:
        imported = import_record.keep(plan, plan.imported, event)
        logger.info("Imported", extra={"model": imported.model_name})
        return imported.to_document()
    name = event["TuningJobName"]
    job = tuning_jobs.read_tuning_job(name)
    trials = tuning_jobs.read_trials(name, job.secrets)
    counted = month_ledger.count(event["ExecutionId"], plan, trials)
    billed = counted.seconds_of_job
    trials = [replace(trial, billable_seconds=billed.get(trial.name)) for trial in trials]
    search = Search.of(job, trials)
    run = CompletedRun.parse(event, search, counted.cost, in_aws=in_aws(os.environ))
    run = replace(run, columns=_columns(run), trained=_trained(run.model_name))
    run = replace(run, champion=_trained(_champion(run)))
    output = summary(run).to_document()
    place = run.plan.report
    for file in report_files(run, _curves(run)):
        objects.write_object(place.file(file.name), file.content, file.content_type)
    # Last: with it, the outcome stands.
    objects.write_object(place.file(FILES["Summary"]), as_json(output), "application/json")
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


def _columns(run: CompletedRun) -> ColumnGains:
    """What cannot be known is told in the report, and no reason to fail a run that has deployed."""
    if run.algorithm is None or run.algorithm.name != XGBOOST:
        return ColumnGains(unknown="Only those of XGBoost are read.")
    artefact = S3Location.of(run.model.model_data_url)
    try:
        content = read_model_file(artefact, MODEL_FILE, MAX_BYTES)
        return ColumnGains.of_model(content, _column_names(run.plan))
    except (ValueError, MissingData, *AWS_ERRORS) as error:
        logger.warning("Columns that matter are not known", extra={"error": str(error)})
        return ColumnGains(unknown=str(error))


def _trained(name: str | None) -> TrainedModel | None:
    """By the training job of the same name. None for a model of somebody else, or a failed look."""
    if name is None:
        return None
    try:
        return TrainedModel.parse(tuning_jobs.describe_training_job(name))
    except AWS_ERRORS as error:
        logger.warning("How a model was trained is not known", extra={"error": str(error)})
        return None


def _champion(run: CompletedRun) -> str | None:
    verdict = run.verdict
    champion = verdict.champion if isinstance(verdict, Proven) else None
    return champion.model_name if champion else None


def _curves(run: CompletedRun) -> Curves:
    curves = training_logs.read_curves(run, training_logs.client())
    if curves.note:
        logger.warning("Not all learning curves are known", extra={"error": curves.note})
    return curves


def _column_names(plan: Plan) -> list[str]:
    """The column behind each feature, as far as the data name them."""
    if plan.table_description is None:
        return list(plan.interface.column_names) if plan.interface else []
    text = objects.read_text(S3Location.of(plan.table_description.kept))
    columns = Description.from_json(text).columns
    return [column.name for column in columns for _ in column.features]


def _keep_tuning_job(job: EndpointTuningJob, plan: Plan) -> None:
    """Later runs can do without it: an error of AWS must not undo a deployment."""
    try:
        EndpointFolder.of(plan).keep_tuning_job(job)
    except (*AWS_ERRORS, Overtaken) as error:
        logger.warning("Later runs do not learn from this one", extra={"error": str(error)})


def _serving(run: CompletedRun) -> Judged | None:
    """What serves from now on, with its score; None when it has none."""
    verdict = run.verdict
    if not isinstance(verdict, Proven):
        return None
    model = verdict.candidate if run.is_deployed else verdict.champion
    if model is None or model.model_name is None or model.score is None:
        return None
    return Judged(model_name=model.model_name, metric_name=verdict.metric_name, score=model.score)
