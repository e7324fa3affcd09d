"""Puts real delivery into moto's EventBridge."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Callable
from typing import Any

from moto.events.exceptions import ValidationException
from moto.events.models import EventPattern, EventsBackend, Rule

from local_sagemaker.services.clock import Clock
from local_sagemaker.services.events import pattern_adapter
from local_sagemaker.services.events.delivered import as_delivered
from local_sagemaker.services.events.delivery import Delivery, Dispatcher
from local_sagemaker.services.events.request_rules import (
    check_pattern_size,
    check_shape,
    check_targets,
)
from local_sagemaker.services.events.schedules import check_schedule, timed_rules
from local_sagemaker.services.events.target_input import target_input, target_options
from local_sagemaker.services.events.unsent_events import check_sent
from local_sagemaker.services.patching import replace
from local_sagemaker.services.role_trust import keeps_out
from local_sagemaker.services.targets import service_of

KINDS = ("lambda", "states", "sns", "sqs", "sagemaker")
LEFT_TO_MOTO = ("logs", "events")  # moto delivers to these by itself
_IN_A_ROLE = ("states", "sagemaker")  # the others let EventBridge in by policies of their own
_MOST_RETRIES = 185
_logger = logging.getLogger(__name__)


def install() -> Callable[[], None]:
    """Rules deliver from now on; the returned function ends that."""
    dispatcher = Dispatcher()
    pattern_adapter.install()
    send = _deliver_matches(dispatcher)
    _refuse_what_would_do_nothing()
    _refuse_entries()
    clock = Clock("rules", lambda: timed_rules(send))
    dispatcher.start()
    clock.start()

    def stop() -> None:
        clock.close()
        dispatcher.close()

    return stop


def _deliver_matches(dispatcher: Dispatcher) -> Callable[[Any, Any], None]:
    """Returns what sends an event to all targets of a rule, whatever its pattern."""
    send_by_moto = Rule.send_to_targets

    def send(rule: Any, original_event: Any, transform_input: bool = True) -> None:
        event = as_delivered(original_event)
        for target in rule.targets:
            if service_of(target["Arn"]) in KINDS:
                dispatcher.put(_delivery(rule, target, event))
                continue
            try:
                whole = {"ingestion-time": 0.0} | original_event
                send_by_moto(_for_all_events(rule, target), whole, transform_input)
            except Exception:  # such as of a log group that is gone: the sender goes on
                _logger.warning("Rule %s did not reach %s", rule.name, target["Arn"], exc_info=True)

    def send_to_targets(rule: Any, original_event: Any, transform_input: bool = True) -> None:
        has_pattern = bool(rule.event_pattern.get_pattern())
        if not rule.state.startswith("ENABLED") or not has_pattern:
            return
        if rule.event_pattern.matches_event(original_event):
            send(rule, original_event, transform_input)

    replace(Rule, "send_to_targets", send_to_targets)
    return send


def _for_all_events(rule: Any, target: dict[str, Any]) -> Any:
    """The rule as if it had this target alone and no pattern, which has been looked at."""
    alone = copy.copy(rule)
    alone.targets, alone.event_pattern = [target], EventPattern.load(None)
    return alone


def _delivery(rule: Any, target: dict[str, Any], event: dict[str, Any]) -> Delivery:
    policy = target.get("RetryPolicy") or {}
    return Delivery(
        rule=rule.name,
        rule_arn=rule.arn,
        role=target.get("RoleArn") or "",
        target=target["Arn"],
        text=target_input(target, event, rule.arn),
        options=target_options(target, event),
        dead_letter_queue=(target.get("DeadLetterConfig") or {}).get("Arn"),
        retries=int(policy.get("MaximumRetryAttempts", _MOST_RETRIES)),
    )


def _refuse_what_would_do_nothing() -> None:
    put_rule, put_targets = EventsBackend.put_rule, Rule.put_targets

    def put_rule_that_fires(backend: Any, name: str, *rest: Any, **named: Any) -> Rule:
        check_shape("PutRule", {"Name": name, "Description": named.get("description")})
        check_pattern_size(named.get("event_pattern"))
        expression = named.get("scheduled_expression")
        if expression:
            check_schedule(expression)
        check_sent(name, named.get("event_pattern"))
        _check_role(named.get("role_arn"), _rule_arn(backend, name, named))
        return put_rule(backend, name, *rest, **named)

    def put_known_targets(rule: Any, targets: list[dict[str, Any]]) -> None:
        check_shape("PutTargets", {"Rule": rule.name, "Targets": targets})
        for target in targets:
            _check_target(target, rule.arn)
        check_targets(targets, rule.targets)
        put_targets(rule, targets)

    replace(EventsBackend, "put_rule", put_rule_that_fires)
    # A rule's, so that what AWS refuses is refused first: no rule, parameters that are missing.
    replace(Rule, "put_targets", put_known_targets)


def _rule_arn(backend: Any, name: str, named: dict[str, Any]) -> str:
    """The ARN of a rule to be; in it the default bus is left out."""
    bus = (named.get("event_bus_arn") or "default").rpartition("/")[2]
    path = name if bus == "default" else f"{bus}/{name}"
    return f"arn:{backend.partition}:events:{backend.region_name}:{backend.account_id}:rule/{path}"


def _check_target(target: dict[str, Any], rule_arn: str) -> None:
    arn = target["Arn"]
    service = service_of(arn)
    if not service:
        raise ValidationException(
            f"Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."
        )
    if service not in (*KINDS, *LEFT_TO_MOTO):
        raise ValidationException(
            "Local AWS delivers events to Lambda functions, state machines, SNS topics, SQS queues "
            f"and SageMaker pipelines, not to {arn}."
        )
    if service in _IN_A_ROLE and not target.get("RoleArn"):
        raise ValidationException(f"RoleArn is required for target {arn}.")
    _check_role(target.get("RoleArn"), rule_arn)


def _check_role(arn: str | None, rule_arn: str) -> None:
    """Raises AWS's refusal (Miserlou/Zappa#381) of a role that EventBridge may not take on."""
    if arn and keeps_out("events", arn, rule_arn):
        raise ValidationException(
            f"Provided role '{arn}' cannot be assumed by principal 'events.amazonaws.com'."
        )


def _refuse_entries() -> None:
    put_events = EventsBackend.put_events

    def put_good_events(backend: Any, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        refusals = [_refusal(event) for event in events]
        good = [event for event, refusal in zip(events, refusals, strict=True) if refusal is None]
        answers = iter(put_events(backend, good))
        return [refusal or next(answers) for refusal in refusals]

    replace(EventsBackend, "put_events", put_good_events)


def _refusal(event: dict[str, Any]) -> dict[str, str] | None:
    """What PutEvents says of an entry that moto would take. Both are AWS's words."""
    if str(event.get("Source")).startswith("aws."):
        return {
            "ErrorCode": "NotAuthorizedForSourceException",
            "ErrorMessage": "Not authorized for the source.",
        }
    try:
        is_other_json = not isinstance(json.loads(event.get("Detail", "{}")), dict)
    except ValueError:
        return None
    if is_other_json:
        return {"ErrorCode": "MalformedDetail", "ErrorMessage": "Detail is malformed."}
    return None
