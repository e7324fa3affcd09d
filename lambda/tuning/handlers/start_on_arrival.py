"""StartOnArrival: starts a run of a model once no more objects come into its channels."""

from __future__ import annotations

import os
import random
import time
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.arrivals.due_time import due_time
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.executions import describe_execution, start_once
from tuning.aws.waiting_starts import WaitingStarts
from tuning.environment import StartingEnvironment
from tuning.names import is_own_key
from tuning.variables.arrival import NewObject, TimeToStart, WaitingModel

logger = Logger()
_NEVER = datetime.min.replace(tzinfo=UTC)
_ATTEMPTS = 5  # to write what other objects write at the same moment


class ManyAtOnceError(Exception):
    """So many objects came at the same moment that this one could not be noted; Lambda retries."""


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Takes a NewObject of a rule, or the TimeToStart of a schedule that this function has made."""
    environment = StartingEnvironment.parse(os.environ)
    starts = WaitingStarts(environment, context.invoked_function_arn)
    if "Key" not in event:
        _start(starts, TimeToStart.parse(event), environment)
        return
    arrived = NewObject.parse(event)
    if arrived.bucket == environment.bucket and is_own_key(arrived.key):
        logger.info("Written by Retune itself", extra={"model": arrived.model.model_name})
        return
    _wait_for_more(starts, arrived.model, arrived.time)


def _wait_for_more(starts: WaitingStarts, model: WaitingModel, came: datetime) -> None:
    """Lets the model's start wait until it is quiet; later objects put it off.

    Events may be late, so that the time of the object counts, and not that of the call.
    """
    for _ in range(_ATTEMPTS):
        now, waiting = datetime.now(UTC), starts.find(model)
        if not waiting and came < _start_of_run(model, starts.environment.bucket):
            logger.info("Is in the run that goes on", extra={"model": model.model_name})
            return
        due = due_time(model, came, first=waiting.since if waiting else came)
        if waiting and due <= max(waiting.due, now):
            return
        due = max(due, now)
        if starts.put_off(model, due) if waiting else starts.add(model, due):
            logger.info("Waits", extra={"model": model.model_name, "until": due.isoformat()})
            return
        time.sleep(random.uniform(0, 0.5))
    raise ManyAtOnceError(model.model_name)


def _start_of_run(model: WaitingModel, bucket: str) -> datetime:
    """When the run of the model that goes on was started: it lists what had come until then."""
    running = EndpointFolder(bucket, model.endpoint_name).running()
    return describe_execution(running)["startDate"] if running else _NEVER


def _start(starts: WaitingStarts, call: TimeToStart, environment: StartingEnvironment) -> None:
    """Starts the run, unless more objects have put it off or one goes on: then it is called again.

    An object that comes before the drop is listed by the run, which starts after it; for one that
    comes later another start waits.
    """
    model, waiting = call.model, starts.find(call.model)
    if waiting and waiting.due > datetime.now(UTC):
        logger.info("Was put off meanwhile", extra={"model": model.model_name})
        return
    other = EndpointFolder(environment.bucket, model.endpoint_name).running()
    if other:
        details = {"model": model.model_name, "execution": other}
        logger.info("Waits for another execution", extra=details)
        return
    starts.drop(model)
    document = {"ModelName": model.model_name}
    started = start_once(environment.state_machine_arn, f"arrivals-{call.call_id}", document)
    logger.info("Started" if started else "Has started", extra={"model": model.model_name})
