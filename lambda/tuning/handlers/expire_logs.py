"""ExpireLogs: has CloudWatch keep the logs of SageMaker's jobs and endpoints for so many days.

SageMaker makes the groups when a job or endpoint first writes to them, so that a stack can neither
make them, where they are, nor know those of endpoints to come.
"""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import log_groups
from tuning.environment import ExpiringEnvironment
from tuning.names import is_sagemaker_log, sagemaker_logs

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Returns the names of the groups that were {"Changed"}."""
    environment = ExpiringEnvironment.parse(os.environ)
    changed = [
        name
        for start in sagemaker_logs(environment.name_prefix)
        for name, days in log_groups.retentions(start)
        if is_sagemaker_log(name, environment.name_prefix) and days != environment.days
    ]
    for name in changed:
        log_groups.keep(name, environment.days)
    logger.info("Expires", extra={"changed": changed, "days": environment.days})
    return {"Changed": changed}
