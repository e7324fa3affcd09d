"""Notify: tells the stack's topic how an execution ended."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import gateway
from tuning.environment import NotifyingEnvironment
from tuning.failure.notification import compose

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Result", "Pruned", "Plan", "ExecutionId"}; returns the message's id."""
    environment = NotifyingEnvironment.parse(os.environ)
    notification = compose(
        event["Result"],
        prefix=environment.name_prefix,
        execution_id=event["ExecutionId"],
        endpoint=event["Plan"].get("Endpoint", {}).get("EndpointName", ""),
        pruned=event["Pruned"],
    )
    message_id = gateway.publish(environment.topic_arn, notification)
    logger.info("Notified", extra={"outcome": notification.outcome, "message_id": message_id})
    return {"MessageId": message_id}
