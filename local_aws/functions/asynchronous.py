"""Events that nobody waits for: a function that fails is asked twice more, and what it never did
goes to its dead-letter queue (Lambda developer guide, "How Lambda handles errors and retries with
asynchronous invocation")."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from moto.awslambda.models import LambdaFunction

from local_aws.callers import client_of
from local_aws.functions.invocation import Invocation

_PAUSES_SECONDS = (60, 120)
_logger = logging.getLogger(__name__)


def install() -> None:
    """Keep the DeadLetterConfig of a function, which moto drops."""
    initialize = LambdaFunction.__init__

    def initialize_with_queue(
        function: Any, account_id: str, spec: dict[str, Any], *rest: Any, **named: Any
    ) -> None:
        initialize(function, account_id, spec, *rest, **named)
        function.dead_letter_queue = (spec.get("DeadLetterConfig") or {}).get("TargetArn")

    LambdaFunction.__init__ = initialize_with_queue


def deliver(
    run: Callable[[], Invocation], function: LambdaFunction, event: Any, wait_scale: float
) -> None:
    """Ask in a thread of its own, up to three times."""

    def attempts() -> None:
        invocation = run()
        for pause in _PAUSES_SECONDS:
            if not invocation.failed:
                return
            time.sleep(pause * wait_scale)
            invocation = run()
        if invocation.failed:
            _send_dead_letter(function, event, invocation)

    threading.Thread(target=attempts, daemon=True).start()


def _send_dead_letter(function: LambdaFunction, event: Any, invocation: Invocation) -> None:
    queue = getattr(function, "dead_letter_queue", None)
    if queue is None:
        return
    *_, region, _account, name = queue.split(":")
    attributes = {
        "ErrorCode": {"DataType": "Number", "StringValue": "200"},
        "ErrorMessage": {"DataType": "String", "StringValue": invocation.payload[:1024]},
    }
    try:
        sqs = client_of("lambda", "sqs", region)
        url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps(event), MessageAttributes=attributes)
    except (ClientError, BotoCoreError):
        _logger.exception("The dead-letter queue of %s refused", function.function_name)
