"""StartDueModels: starts the models of a stack that has more of them than schedules."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws.executions import start_once
from tuning.aws.last_look import read_last_look, write_last_look
from tuning.aws.shared_models import read_shared_models
from tuning.environment import MeasuringEnvironment
from tuning.names import due_run_name
from tuning.schedules.expression import latest_due
from tuning.variables.shared_models import ModelsPlace

logger = Logger()
_LATE = timedelta(hours=1)  # as long as EventBridge Scheduler tries for a schedule of a model


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes a ModelsPlace; returns {"Started"}, names of models.

    Each model that was due since the last look is started once, however often it was due. Its
    execution has the due time in its name: a look that is repeated starts nothing twice. The first
    look of all starts nothing.
    """
    environment, until = MeasuringEnvironment.parse(os.environ), datetime.now(UTC)
    since = max(read_last_look(environment.bucket) or until, until - _LATE)
    started = []
    for name, model in read_shared_models(ModelsPlace.parse(event)).items():
        if model.state != "ENABLED":
            continue
        due = latest_due(model.expression, model.time_zone, since, until, name)
        if due and start_once(
            environment.state_machine_arn, due_run_name(name, due), {"ModelName": name}
        ):
            started.append(name)
    write_last_look(environment.bucket, until)
    logger.info("Looked", extra={"since": since.isoformat(), "started": started})
    return {"Started": started}
