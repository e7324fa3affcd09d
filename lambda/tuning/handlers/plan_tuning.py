"""PlanTuning: checks the input against the algorithm and the data, and plans the run."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning import gateway
from tuning.environment import PlanningEnvironment
from tuning.names import Execution
from tuning.plan import plan_run

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Returns the plan; raises InvalidInput or MissingData for the person who started the run."""
    execution = Execution.parse(event)
    logger.append_keys(execution=execution.id)
    environment = PlanningEnvironment.parse(os.environ)
    plan = plan_run(event["Input"], environment, execution, gateway)
    logger.info("Planned", extra={"tuning_job": plan["TuningJob"]["HyperParameterTuningJobName"]})
    return plan
