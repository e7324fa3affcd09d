"""CleanUpAborted: does what the failure path would have done, had the execution come to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import BotoCoreError, ClientError

from tuning.aws import gateway
from tuning.aws.endpoint_restorer import EndpointRestorer
from tuning.environment import NotifyingEnvironment
from tuning.failure.aborted_messages import clean_up_message, endpoint_message
from tuning.failure.execution_progress import OUTCOMES, Aborted
from tuning.failure.notification import compose
from tuning.handlers.clean_up import clean_up

logger = Logger()
_NEXT = (
    "Lambda tries it three times, some minutes apart. What is left after that goes with the next "
    "deployment or with retune prune."
)
MARGIN_SECONDS = 60  # for cleaning up and telling, after the endpoint has settled


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes the event "Step Functions Execution Status Change" of EventBridge.

    The execution was stopped, was out of time, or had an error that no state can catch. One that
    has failed and told so itself is left alone.

    Raises EndpointBusy, so that Lambda calls again, when the endpoint changes for too long. What
    else cannot be undone is told first, and raised then for the same reason.
    """
    detail = event["detail"]
    execution, outcome = detail["executionArn"], OUTCOMES[detail["status"]]
    sentences = [_what_happened(detail)]
    endpoint, failure = "", None
    try:
        aborted = Aborted.parse(gateway.read_history(execution))
        if detail["status"] == "FAILED" and aborted.told:
            return {}
        if aborted.plan is not None:
            endpoint = aborted.plan["Endpoint"]["EndpointName"]
            for sentence in _undo(aborted, aborted.plan, execution, context):
                sentences.append(sentence)
    except (ClientError, BotoCoreError) as error:
        logger.exception("Not undone")
        failure = error
        sentences.append(f"Not everything could be undone: {error} {_NEXT}")
    environment = NotifyingEnvironment.parse(os.environ)
    notification = compose(
        {"Outcome": outcome, "Reason": "\n".join(part for part in sentences if part)},
        prefix=environment.name_prefix,
        execution_id=execution,
        endpoint=endpoint,
    )
    gateway.publish(environment.topic_arn, notification)
    logger.info("Told", extra={"execution": execution, "told": notification.message})
    if failure is not None:
        raise failure
    return {"Outcome": outcome, "Message": notification.message}


def _what_happened(detail: dict[str, Any]) -> str:
    given = [detail.get("error"), detail.get("cause")]
    why = ": ".join(part for part in given if part)
    return f"Step Functions: the execution is {detail['status']}. {why}"


def _undo(aborted: Aborted, plan: Any, execution: str, context: LambdaContext) -> Iterator[str]:
    """What was done, a sentence as soon as it is."""
    name = plan["Endpoint"]["EndpointName"]
    if aborted.config and not aborted.proven:
        restorer = EndpointRestorer(
            name, lambda: context.get_remaining_time_in_millis() / 1000 - MARGIN_SECONDS
        )
        restored = restorer.restore(
            aborted.config,
            aborted.previous,
            keep_number=plan["Endpoint"]["Update"]["RetainAllVariantProperties"],
        )
        yield endpoint_message(name, restored)
    else:
        yield endpoint_message(name, {"Touched": aborted.proven})
    yield clean_up_message(clean_up(plan["TuningJob"]["HyperParameterTuningJobName"], execution))
