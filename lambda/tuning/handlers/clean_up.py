"""CleanUp: stops the execution's jobs and deletes what it made and no endpoint uses."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import brought_model, inventory, orphaned_jobs
from tuning.environment import Environment
from tuning.leftovers.retention import left_behind
from tuning.names import state_machine_arn
from tuning.variables.progress import Progress
from tuning.variables.removed import Removed

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Progress"}; returns what was Removed.

    Everything that an execution makes has a name that begins like its tuning job's. One without a
    plan has made nothing, and uses no model that was brought for it.
    """
    progress = Progress.parse(event["Progress"])
    environment = Environment.parse(os.environ)
    execution, prefix = progress.execution_id, environment.name_prefix
    if progress.plan is None:
        planning = progress.failure.state == "PlanTuning"
        brought = brought_model.discard(environment.bucket, execution) if planning else []
        return Removed(deleted=tuple(brought)).to_document()
    start = progress.plan.tuning_job["HyperParameterTuningJobName"]
    stopped = orphaned_jobs.stop_jobs(start)
    found = inventory.read_inventory(prefix, state_machine_arn(execution), name_start=start)
    deleted = inventory.delete(left_behind(found, execution))
    removed = Removed(stopped=tuple(stopped), deleted=tuple(deleted)).to_document()
    logger.info("Cleaned up", extra={"execution": execution, **removed})
    return removed
