"""Rules with a ScheduleExpression: each is due by itself, in UTC.

A rate counts from when the rule was made, changed or enabled, and is due for the first time after
one period (EventBridge user guide, "Creating a rule that runs on a schedule").
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from moto.events.exceptions import ValidationException
from moto.events.models import Rule, events_backends

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.clock import TICK, Timed
from local_sagemaker.services.scheduler.expression import ExpressionError, NextTime, next_time

Fire = Callable[[Rule, dict[str, Any]], None]
_ONE, _MANY = re.compile(r"rate\(1 (minute|hour|day)\)"), re.compile(r"rate\(\d+ \w+s\)")


def check_schedule(expression: str) -> None:
    """Raises ValidationException, in EventBridge's words."""
    one = expression.startswith("rate(1 ")
    is_rate = (_ONE if one else _MANY).fullmatch(expression) is not None
    if not is_rate and not expression.startswith("cron("):
        raise ValidationException("Parameter ScheduleExpression is not valid.")
    try:
        next_time(expression, "UTC", datetime.now(UTC))(datetime.now(UTC))
    except ExpressionError as fault:
        raise ValidationException("Parameter ScheduleExpression is not valid.") from fault


def timed_rules(fire: Fire) -> Iterator[Timed]:
    """The enabled rules that have a schedule, as the clock sees them."""
    return (_timed(rule, fire) for rule in _scheduled_rules())


def _scheduled_rules() -> Iterator[Rule]:
    for backend in list(events_backends[ACCOUNT].values()):
        for rule in list(backend.event_buses["default"].rules.values()):
            if rule.scheduled_expression and rule.state.startswith("ENABLED"):
                yield rule


def _timed(rule: Rule, fire: Fire) -> Timed:
    expression = str(rule.scheduled_expression)

    def times(seen: datetime) -> tuple[NextTime, datetime | None]:
        following = next_time(expression, "UTC", seen)
        return following, following(seen + TICK)

    return Timed(
        rule.arn, (expression, rule.state), times, lambda due: fire(rule, _event(rule, due))
    )


def _event(rule: Rule, due: datetime) -> dict[str, Any]:
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": due.timestamp(),
        "region": rule.region_name,
        "resources": [rule.arn],
        "detail": {},
    }
