"""Rules with a ScheduleExpression."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.services.clock import Clock
from local_sagemaker.services.events import schedules
from local_sagemaker.services.events.schedules import timed_rules

from tests.local_aws.test_events import create_queue, received


def put_rule(local_aws: LocalAws, expression: str, **more: Any) -> str:
    name = f"rule-{uuid.uuid4().hex[:8]}"
    local_aws.client("events").put_rule(Name=name, ScheduleExpression=expression, **more)
    return name


def test_rule_tells_its_targets_when_it_is_due(local_aws: LocalAws) -> None:
    """A cron of the next minute but one: every due time is within seventy seconds."""
    events, (url, arn) = local_aws.client("events"), create_queue(local_aws)
    due = datetime.now(UTC) + timedelta(seconds=65)
    name = put_rule(local_aws, f"cron({due.minute} {due.hour} * * ? *)")
    transformer = {"InputPathsMap": {"kind": "$.detail-type"}, "InputTemplate": '{"kind": <kind>}'}
    events.put_targets(
        Rule=name,
        Targets=[{"Id": "whole", "Arn": arn},
                 {"Id": "given", "Arn": arn, "Input": '{"given": 1}'},
                 {"Id": "made", "Arn": arn, "InputTransformer": transformer}],
    )  # fmt: skip
    deadline = datetime.now(UTC) + timedelta(seconds=75)
    while datetime.now(UTC) < deadline:
        try:
            told = received(local_aws, url, count=3)
            break
        except AssertionError:
            continue
    whole = next(one for one in told if "source" in one)
    assert (whole["source"], whole["detail-type"]) == ("aws.events", "Scheduled Event")
    assert (whole["detail"], whole["time"]) == ({}, f"{due:%Y-%m-%dT%H:%M:00Z}")
    assert whole["resources"] == [events.describe_rule(Name=name)["Arn"]]
    assert {"given": 1} in told
    assert {"kind": "Scheduled Event"} in told


def test_rate_is_due_after_each_period_and_not_while_it_is_disabled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rule = SimpleNamespace(
        arn="a", scheduled_expression="rate(5 minutes)", state="ENABLED", region_name="us-east-1"
    )
    rules = [rule]
    monkeypatch.setattr(schedules, "_scheduled_rules", lambda: list(rules))
    fired: list[datetime] = []

    def fire(_: Any, event: dict[str, Any]) -> None:
        fired.append(datetime.fromtimestamp(event["time"], UTC))

    clock = Clock("rules", lambda: timed_rules(fire))
    start = datetime(2026, 1, 1, tzinfo=UTC)

    def look(minutes: float) -> None:
        clock.look(start + timedelta(minutes=minutes))

    for minutes in (0, 4.9, 5, 5.1, 10):
        look(minutes)
    assert fired == [start + timedelta(minutes=m) for m in (5, 10)]
    rules.clear()  # it is disabled
    look(15)
    rules.append(rule)
    look(17)
    look(21)
    assert len(fired) == 2
    look(22)
    assert fired[2:] == [start + timedelta(minutes=22)]


@pytest.mark.parametrize(
    "expression",
    ["rate(1 minutes)", "rate(5 minute)", "rate(0 days)", "cron(* * * * * *)", "cron(0 3 * * ?)",
     "at(2030-01-01T00:00:00)", "every day"],
)  # fmt: skip
def test_expression_that_eventbridge_refuses_is_refused(
    local_aws: LocalAws, expression: str
) -> None:
    with pytest.raises(ClientError, match="Parameter ScheduleExpression is not valid"):
        put_rule(local_aws, expression)


def test_schedules_are_of_the_default_bus(local_aws: LocalAws) -> None:
    name = f"bus-{uuid.uuid4().hex[:8]}"
    local_aws.client("events").create_event_bus(Name=name)
    with pytest.raises(ClientError, match="supported only on the default event bus"):
        put_rule(local_aws, "rate(1 day)", EventBusName=name)


def test_endpoint_is_no_target(local_aws: LocalAws) -> None:
    name = put_rule(local_aws, "rate(1 day)")
    endpoint = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/nightly"
    with pytest.raises(ClientError, match=f"not to {endpoint}"):
        local_aws.client("events").put_targets(Rule=name, Targets=[{"Id": "it", "Arn": endpoint}])
