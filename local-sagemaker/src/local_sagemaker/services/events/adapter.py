"""Puts real delivery into moto's EventBridge."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from moto.events.exceptions import ValidationException
from moto.events.models import EventsBackend, Rule

from local_sagemaker.services.events.delivery import Delivery, Dispatcher
from local_sagemaker.services.events.target_input import target_input
from local_sagemaker.services.patching import replace
from local_sagemaker.services.targets import service_of

KINDS = ("lambda", "states", "sns", "sqs")
LEFT_TO_MOTO = ("logs", "events")  # moto delivers to these by itself
_MOST_RETRIES = 185


def install() -> Callable[[], None]:
    """Rules deliver from now on; the returned function ends that."""
    dispatcher = Dispatcher()
    _deliver_matches(dispatcher)
    _refuse_what_would_do_nothing()
    _refuse_sources_of_aws()
    dispatcher.start()
    return dispatcher.close


def _deliver_matches(dispatcher: Dispatcher) -> None:
    send_by_moto = Rule.send_to_targets

    def send_to_targets(rule: Any, original_event: Any, transform_input: bool = True) -> None:
        if not rule.state.startswith("ENABLED") or rule.scheduled_expression:
            return
        if not rule.event_pattern.matches_event(original_event):
            return
        others = copy.copy(rule)
        others.targets = [each for each in rule.targets if service_of(each["Arn"]) not in KINDS]
        if others.targets:
            send_by_moto(others, {"ingestion-time": 0.0} | original_event, transform_input)
        event = _as_delivered(original_event)
        for target in rule.targets:
            if service_of(target["Arn"]) in KINDS:
                dispatcher.put(_delivery(rule, target, event))

    replace(Rule, "send_to_targets", send_to_targets)


def _as_delivered(event: dict[str, Any]) -> dict[str, Any]:
    """The event as targets see it: its time is text, and moto's own member is gone."""
    delivered = {key: value for key, value in event.items() if key != "ingestion-time"}
    if not isinstance(delivered["time"], str):
        moment = datetime.fromtimestamp(float(delivered["time"]), UTC)
        delivered["time"] = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    return delivered


def _delivery(rule: Any, target: dict[str, Any], event: dict[str, Any]) -> Delivery:
    policy = target.get("RetryPolicy") or {}
    return Delivery(
        rule=rule.name,
        target=target["Arn"],
        text=target_input(target, event, rule.arn),
        group_id=(target.get("SqsParameters") or {}).get("MessageGroupId"),
        dead_letter_queue=(target.get("DeadLetterConfig") or {}).get("Arn"),
        retries=int(policy.get("MaximumRetryAttempts", _MOST_RETRIES)),
    )


def _refuse_what_would_do_nothing() -> None:
    put_rule, put_targets = EventsBackend.put_rule, EventsBackend.put_targets

    def put_rule_that_fires(backend: Any, name: str, *rest: Any, **named: Any) -> Rule:
        if named.get("scheduled_expression"):
            raise ValidationException(
                f"Local AWS runs no schedules of rules: give rule {name} an EventPattern, or use "
                "EventBridge Scheduler."
            )
        return put_rule(backend, name, *rest, **named)

    def put_known_targets(
        backend: Any, name: str, event_bus_arn: str | None, targets: list[dict[str, Any]]
    ) -> None:
        for target in targets:
            if service_of(target["Arn"]) not in (*KINDS, *LEFT_TO_MOTO):
                raise ValidationException(
                    "Local AWS delivers events to Lambda functions, state machines, SNS topics "
                    f"and SQS queues, not to {target['Arn']}."
                )
        put_targets(backend, name, event_bus_arn, targets)

    replace(EventsBackend, "put_rule", put_rule_that_fires)
    replace(EventsBackend, "put_targets", put_known_targets)


def _refuse_sources_of_aws() -> None:
    put_events = EventsBackend.put_events

    def put_own_events(backend: Any, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        refused = {
            "ErrorCode": "NotAuthorizedForSourceException",
            "ErrorMessage": "Not authorized for the source.",
        }
        own = [event for event in events if not str(event.get("Source")).startswith("aws.")]
        answers = iter(put_events(backend, own))
        return [next(answers) if event in own else refused for event in events]

    replace(EventsBackend, "put_events", put_own_events)
