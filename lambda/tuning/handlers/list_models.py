"""ListModels: every deployed model, for a fleet that retunes them all."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws.schedules import model_names
from tuning.environment import FleetEnvironment
from tuning.names import fleet_run_name
from tuning.variables.fleet import Fleet, FleetRun

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"ExecutionName"}, the fleet's; returns a Fleet."""
    environment = FleetEnvironment.parse(os.environ)
    names = model_names(environment.state_machine_arn, environment.name_prefix)
    runs = tuple(
        FleetRun(model_name=name, execution_name=fleet_run_name(event["ExecutionName"], name))
        for name in sorted(names)
    )
    logger.info("Listed", extra={"models": len(runs)})
    return Fleet(runs=runs, concurrency=environment.concurrency).to_document()
