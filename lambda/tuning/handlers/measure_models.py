"""MeasureModels: tells CloudWatch how long each model has had no successful run."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.executions import describe_if_there, ended_without_success
from tuning.aws.metrics import put_metrics
from tuning.aws.models import read_model
from tuning.aws.run_folder import PLAN, RunFolder
from tuning.aws.schedules import Schedule, schedules_of, shared_schedules
from tuning.environment import MeasuringEnvironment
from tuning.execution_input.endpoint_name import endpoint_of, model_of, parsed
from tuning.measures.model_measures import Measure, metric_data, namespace
from tuning.names import run_folder
from tuning.schedules.period import period_days
from tuning.variables.plan import Plan

logger = Logger()
_DAY = timedelta(days=1)  # from one call to the next


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Returns {"DaysSinceSuccess", "Failures"} by endpoint.

    A model is what an enabled schedule keeps tuned. A run succeeds that comes to a verdict, or that
    is skipped because nothing has changed. Who never had one is measured from the schedule's last
    change, and so is who was turned off for a while.
    """
    environment = MeasuringEnvironment.parse(os.environ)
    now = datetime.now(UTC)
    own = schedules_of(environment.state_machine_arn, environment.name_prefix)
    schedules = [*own, *shared_schedules(environment.name_prefix)]
    measures = [_measure(schedule, environment, now) for schedule in schedules]
    failures = Counter(_failed(environment, now - _DAY))
    put_metrics(namespace(environment.name_prefix), list(metric_data(measures, failures)))
    days = {measure.endpoint_name: round(measure.days, 2) for measure in measures}
    measured = {"DaysSinceSuccess": days, "Failures": dict(failures)}
    logger.info("Measured", extra=measured)
    return measured


def _measure(schedule: Schedule, environment: MeasuringEnvironment, now: datetime) -> Measure:
    endpoint = endpoint_of(parsed(schedule.document)) or environment.name_prefix
    succeeded = EndpointFolder(environment.bucket, endpoint).last_success()
    since = succeeded or schedule.changed
    if not schedule.is_shared:
        since = max(since, schedule.changed)
    period = period_days(schedule.expression, now.date())
    if period is None:
        logger.warning("Without a period", extra={"schedule": schedule.name})
    return Measure(endpoint, max(now - since, timedelta()) / _DAY, period)


def _failed(environment: MeasuringEnvironment, since: datetime) -> list[str]:
    """The endpoint of each execution that has failed, or was ended, since then."""
    ended = ended_without_success(environment.state_machine_arn, since)
    return [_endpoint_of(execution, environment) for execution in ended]


def _endpoint_of(execution: Mapping[str, Any], environment: MeasuringEnvironment) -> str:
    """As it was planned; of what has failed before that, as its input or its model says."""
    prefix = environment.name_prefix
    folder = RunFolder(environment.bucket, run_folder(execution["name"]))
    started = execution["startDate"].replace(microsecond=0)  # S3 keeps seconds
    plan = folder.read(PLAN, since=started)
    if plan:
        return Plan.parse(plan).endpoint.endpoint_name
    described = describe_if_there(execution["executionArn"]) or {}
    document = parsed(described.get("input"))
    model = model_of(document)
    deployed = read_model(prefix, model) if model else None
    return endpoint_of(document) or endpoint_of(deployed or {}) or prefix
