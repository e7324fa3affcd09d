"""PlanTuning: checks the input against the algorithm and the data, and plans the run."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from preparation import encoder

from tuning.aws import (
    hosting,
    models,
    objects,
    price_list_api,
    quotas,
    served,
    tuning_jobs,
)
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.month_ledger import MonthLedger
from tuning.aws.over_what_serves import over_what_serves
from tuning.aws.preparation_folder import PreparationFolder
from tuning.aws.run_folder import PLAN, RunFolder
from tuning.aws.serving_model import find_champion
from tuning.checks.evaluation import SCORING
from tuning.data.s3_location import S3Location
from tuning.endpoint.next_step import Endpoint
from tuning.environment import PlanningEnvironment
from tuning.errors import Fault, InvalidInput
from tuning.evaluation.rows_for_models import copy_rows
from tuning.names import Execution
from tuning.planning import brought_package, imported_model, skip
from tuning.planning.budget import over_budget
from tuning.planning.deployed_model import environment_of
from tuning.planning.plan import plan_run
from tuning.planning.rollback import FIELD, is_asked, needs_a_person, plan_rollback
from tuning.variables.explanation import Explanation
from tuning.variables.last_run import Fingerprint, LastRun
from tuning.variables.plan import Plan
from tuning.variables.preparation import Preparation

logger = Logger()
# Step Functions hands at most 256 KB to a task: the plan, the winner, which has its hyperparameters
# twice, the verdict and more. More than that ends the execution at once, and no Catch hears of it.
MAX_PLAN_BYTES = 80 * 1024


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Returns the plan; raises InvalidInput or MissingData for the person who started the run.

    With Prepare it is called twice: its first plan goes up to the processing job, and when that has
    made the channels, "Prepared" is the fingerprint of the table.

    When plan.json lies in the execution's folder, recovery knows what to undo.
    A plan that says Skipped leaves none, since nothing is done: it would be for nothing, or above
    the month's budget.
    """
    execution = Execution.parse(event)
    logger.append_keys(execution=execution.id)
    document, stack = event["Input"], PlanningEnvironment.of(os.environ, event["Settings"])
    environment = environment_of(document, stack, models)
    prepared = Fingerprint.parse(event["Prepared"]) if event.get("Prepared") else None
    plan = _plan(document, environment, execution, prepared)
    endpoint = hosting.describe_endpoint(plan.endpoint.endpoint_name, plan.secrets)
    if endpoint:
        plan = over_what_serves(plan, endpoint, environment)
    if plan.rollback:
        _claim(plan, execution, FIELD, plan.rollback.training_job_name)
    elif plan.imported:
        _claim(plan, execution, brought_package.FIELD, plan.imported.model_package_arn)
    else:
        last = EndpointFolder.of(plan).last_run() if endpoint else None
        skipped = _skipped(plan, last, execution)
        if skipped is None:
            plan = quotas.within_quotas(plan)
            skipped = _over_budget(plan, execution)
        if skipped is not None:
            logger.info(skipped.outcome, extra={"reason": skipped.reason})
            return plan.model_copy(update={"skipped": skipped}).to_document()
        if plan.preparation:
            _write_inputs(plan, plan.preparation, stack.preparation_program, endpoint)
        else:
            plan = _with_champion_to_score(needs_a_person(plan, last), endpoint, last)
    planned = plan.to_document()
    _check_size(planned)
    _keep_description(plan)
    RunFolder.of(plan).write(PLAN, planned)
    if plan.evaluation and plan.champion_to_score:
        copy_rows(plan.evaluation, objects)
    name = plan.tuning_job["HyperParameterTuningJobName"]
    logger.info("Planned", extra={"tuning_job": name})
    return planned


def _plan(
    document: Any,
    environment: PlanningEnvironment,
    execution: Execution,
    prepared: Fingerprint | None,
) -> Plan:
    ask = price_list_api.hour
    if imported_model.is_asked(document):
        plan = imported_model.plan_import(document, environment, execution, objects, ask)
        brought_package.check_artefact(plan, objects)
        return plan
    if is_asked(document):
        return plan_rollback(document, environment, execution, objects, served, ask)
    plan = plan_run(document, environment, execution, objects, tuning_jobs, ask, prepared)
    if prepared is None:
        return plan
    seen = (f"Prepare.Table: {warning}" for warning in PreparationFolder.of(plan).warnings())
    return plan.model_copy(update={"warnings": (*plan.warnings, *seen)})


def _write_inputs(
    plan: Plan, preparation: Preparation, program: str, endpoint: Endpoint | None
) -> None:
    """What the processing job reads, besides the table.

    Columns stay encoded as the model that serves has them, so that both can be compared and clients
    need not change, unless the input lets the interface change.
    """
    kept = None
    if endpoint and not plan.endpoint.interface_may_change:
        interface = EndpointFolder.of(plan).interface_of(endpoint.config_name)
        if interface and interface.encoding:
            kept = objects.read_if_there(S3Location.of(interface.encoding.description))
    PreparationFolder.of(plan).write_inputs(program, preparation.request, kept)


def _claim(plan: Plan, execution: Execution, field: str, model: str) -> None:
    """Who asks for this model must hear that another run is in its way: InvalidInput."""
    other = EndpointFolder.of(plan).claim(execution.id)
    if other:
        rule = f"Another execution for the endpoint {plan.endpoint.endpoint_name} goes on: {other}."
        fix = "Stop it, or wait for its end, and start again."
        raise InvalidInput([Fault(field, model, rule, fix)])


def _skipped(plan: Plan, last: LastRun | None, execution: Execution) -> Explanation | None:
    """Why the run would be for nothing; None when it goes on, and is the only one that does.

    `last` is the endpoint's last run that came to a verdict, None when there is no endpoint.
    """
    folder, endpoint = EndpointFolder.of(plan), plan.endpoint.endpoint_name
    if last and skip.is_unchanged(plan, last):
        folder.keep_skipped(execution.id)
        return skip.unchanged(last)
    other = None if plan.dry_run else folder.claim(execution.id)
    return skip.running(endpoint, other) if other else None


def _with_champion_to_score(plan: Plan, endpoint: Endpoint | None, last: LastRun | None) -> Plan:
    """The plan, and which model is scored first where that can tell whether to tune."""
    if plan.retune_when != SCORING or endpoint is None:
        return plan
    champion = find_champion(endpoint).model_name
    if skip.is_comparable(plan, last.judged if last else None, champion):
        return plan.model_copy(update={"champion_to_score": champion})
    note = (
        f"RetuneWhen = {SCORING!r}: No score of what serves is recorded for this metric, so that "
        "nothing tells whether it became worse. This run tunes and records one."
    )
    return plan.model_copy(update={"warnings": (*plan.warnings, note)})


def _over_budget(plan: Plan, execution: Execution) -> Explanation | None:
    """Why the run would cost too much; None when it goes on, and its month knows of it."""
    return MonthLedger.of(plan).enter(
        execution.id, plan, lambda others: over_budget(plan, execution.region, others)
    )


def _keep_description(plan: Plan) -> None:
    """A copy of the description, and the encoder that reads it, for the clients of the model."""
    described = plan.table_description
    if described is None:
        return
    text = objects.read_text(S3Location.of(described.source))
    kept = S3Location.of(described.kept)
    objects.write_object(kept, text.encode(), "application/json")
    program = Path(encoder.__file__)
    objects.write_object(plan.report.file(program.name), program.read_bytes(), "text/x-python")


def _check_size(plan: dict[str, Any]) -> None:
    size = len(json.dumps(plan).encode())
    if size > MAX_PLAN_BYTES:
        rule = f"The requests that follow from the input have at most {MAX_PLAN_BYTES} bytes."
        fix = (
            "Shorten Environment, Tags, hyperparameters and ranges; what several training job "
            "definitions take from the input counts for each of them."
        )
        raise InvalidInput([Fault("Input", f"{size} bytes", rule, fix)])
