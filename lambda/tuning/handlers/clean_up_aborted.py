"""CleanUpAborted: does for an execution that was stopped what its failure path would have done."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import BotoCoreError, ClientError

from tuning import gateway, restoration
from tuning.aborted import OUTCOMES, Aborted
from tuning.endpoint_restorer import EndpointRestorer
from tuning.environment import NotifyingEnvironment
from tuning.handlers.clean_up import clean_up
from tuning.notification import compose

logger = Logger()
MARGIN_SECONDS = 60  # for cleaning up and telling, after the endpoint has settled


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes the event "Step Functions Execution Status Change" of EventBridge.

    Raises EndpointBusy, so that Lambda calls again, when the endpoint changes for too long.
    """
    detail = event["detail"]
    execution, outcome = detail["executionArn"], OUTCOMES[detail["status"]]
    aborted = Aborted.parse(gateway.read_history(execution))
    sentences = [
        f"Step Functions: the execution is {detail['status']}. {detail.get('cause') or ''}"
    ]
    if aborted.plan is not None:
        sentences += _undo(aborted, aborted.plan, execution, context)
    environment = NotifyingEnvironment.parse(os.environ)
    notification = compose(
        {"Outcome": outcome, "Reason": "\n".join(part for part in sentences if part)},
        prefix=environment.name_prefix,
        execution_id=execution,
        endpoint=aborted.plan["Endpoint"]["EndpointName"] if aborted.plan else "",
    )
    gateway.publish(environment.topic_arn, notification)
    logger.info("Told", extra={"execution": execution, "told": notification.message})
    return {"Outcome": outcome, "Message": notification.message}


def _undo(aborted: Aborted, plan: Any, execution: str, context: LambdaContext) -> list[str]:
    name, sentences = plan["Endpoint"]["EndpointName"], []
    if aborted.config and not aborted.proven:
        restorer = EndpointRestorer(
            name, lambda: context.get_remaining_time_in_millis() / 1000 - MARGIN_SECONDS
        )
        restored = restorer.restore(
            aborted.config,
            aborted.previous,
            keep_number=plan["Endpoint"]["Update"]["RetainAllVariantProperties"],
        )
        sentences.append(restoration.restoration(name, restored))
    return [*sentences, restoration.clean_up(_clean_up(plan, execution))]


def _clean_up(plan: Any, execution: str) -> dict[str, Any]:
    """What cannot be cleaned up is told, as the failure path does."""
    try:
        return clean_up(plan, execution)
    except (ClientError, BotoCoreError) as error:
        logger.exception("Not cleaned up")
        return {"Error": str(error)}
