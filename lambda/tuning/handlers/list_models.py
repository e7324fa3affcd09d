"""ListModels: every deployed model, for a fleet that retunes them all."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws.models import read_model
from tuning.aws.quotas import within_quotas_at_once
from tuning.aws.schedules import model_names
from tuning.environment import FleetEnvironment
from tuning.names import fleet_run_name
from tuning.planning.fleet_concurrency import Needed, most_needed
from tuning.variables.fleet import Fleet, FleetRun

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"ExecutionName", "Settings"}, the fleet's name and the deployment's; returns a Fleet
    that the account's quotas hold."""
    environment = FleetEnvironment.of(os.environ, event["Settings"])
    names = model_names(environment.state_machine_arn, environment.name_prefix)
    needed = [_most_needed(name, environment) for name in names]
    concurrency, note = within_quotas_at_once(environment.concurrency, needed)
    runs = tuple(
        FleetRun(model_name=name, execution_name=fleet_run_name(event["ExecutionName"], name))
        for name in sorted(names)
    )
    logger.info("Listed", extra={"models": len(runs), "at_a_time": concurrency, "note": note})
    return Fleet(runs=runs, concurrency=concurrency, note=note).to_document()


def _most_needed(name: str, environment: FleetEnvironment) -> Needed:
    model = read_model(environment.name_prefix, name)
    return most_needed(model, environment.name_prefix, environment.default_input) if model else {}
