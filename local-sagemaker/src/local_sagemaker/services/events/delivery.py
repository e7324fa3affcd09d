"""Delivers matched events in their order; what fails is tried again, then dead-lettered."""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.process import background_work
from local_sagemaker.services.targets import Sender, may_pass, send

_EVENTS = "events.amazonaws.com"
_PAUSES_SECONDS = (1, 2, 4, 8, 16, 30)
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delivery:
    """One event for one target of one rule; `options` are those of targets.send."""

    rule: str
    rule_arn: str
    role: str
    target: str
    text: str
    options: dict[str, Any]
    dead_letter_queue: str | None
    retries: int

    def sender(self) -> Sender:
        """EventBridge in the target's role; without one in its own name, for the rule."""
        return Sender("events", self.role, _EVENTS, self.rule_arn)

    def attempt(self) -> ClientError | BotoCoreError | None:
        try:
            send(self.sender(), self.target, self.text, **self.options)
        except (ClientError, BotoCoreError) as error:
            return error
        return None


class Dispatcher:
    """One thread sends; a failed delivery waits in a thread of its own."""

    def __init__(self) -> None:
        self._deliveries: queue.SimpleQueue[Delivery | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._deliveries.put(None)

    def put(self, delivery: Delivery) -> None:
        self._deliveries.put(delivery)

    def _run(self) -> None:
        while (delivery := self._deliveries.get()) is not None:
            error = delivery.attempt()
            if error is not None:
                background_work.begin(f"event of {delivery.rule}", _try_again, delivery, error)


def _try_again(delivery: Delivery, error: ClientError | BotoCoreError | None) -> None:
    for pause in _PAUSES_SECONDS[: delivery.retries]:
        if error is None or not may_pass(error):
            break
        time.sleep(pause)
        error = delivery.attempt()
    if error is None:
        return
    _logger.warning("Rule %s did not reach %s: %s", delivery.rule, delivery.target, error)
    if delivery.dead_letter_queue is None:
        return
    try:
        without_role = Sender("events", "", _EVENTS, delivery.rule_arn)
        send(without_role, delivery.dead_letter_queue, delivery.text)
    except (ClientError, BotoCoreError):
        _logger.exception("The dead-letter queue of rule %s refused", delivery.rule)
