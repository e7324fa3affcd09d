"""Prune: deletes models, configs and packages that nothing needs, and stops orphaned jobs."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import inventory, orphaned_jobs
from tuning.environment import Environment
from tuning.leftovers.retention import idle, outdated
from tuning.names import state_machine_arn
from tuning.variables.plan import Plan
from tuning.variables.removed import Removed

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "ExecutionId"}; returns what was Removed.

    A job of this execution may still run: when the answer of SageMaker was lost, the state created
    another one.
    """
    plan, execution = Plan.parse(event["Plan"]), event["ExecutionId"]
    prefix, machine = Environment.parse(os.environ).name_prefix, state_machine_arn(execution)
    stopped = orphaned_jobs.stop_orphaned_jobs(prefix, machine, execution)
    found = inventory.read_inventory(prefix, machine).without(execution)
    old = outdated(
        found,
        plan.endpoint.endpoint_name,
        keep=plan.retention.keep_models,
        keep_packages=plan.retention.keep_model_packages,
    )
    selection = old | idle(found, execution)
    deleted = inventory.delete(selection)
    removed = Removed(stopped=tuple(stopped), deleted=tuple(deleted)).to_document()
    logger.info("Pruned", extra=removed)
    return removed
