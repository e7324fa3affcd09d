"""The stack watches itself: what goes off, and that a person hears of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.end_to_end.conftest import Deployment, wait_until
from tests.end_to_end.rollout import subscribed_queue


@pytest.fixture(scope="module")
def inbox(deployment: Deployment) -> Any:
    """The bodies of messages that the topic's subscribers have got so far."""
    sqs, queue = deployment.client("sqs"), subscribed_queue(deployment, "inbox")
    heard: list[dict[str, Any]] = []

    def look() -> list[dict[str, Any]]:
        got = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
        heard.extend(json.loads(message["Body"]) for message in got.get("Messages", []))
        return heard

    return look


def test_alarm_that_goes_off_is_heard_by_whoever_hears_of_executions(
    deployment: Deployment, inbox: Any
) -> None:
    deployment.client("cloudwatch").set_alarm_state(
        AlarmName="retune-undelivered-starts", StateValue="ALARM", StateReason="a test"
    )
    wait_until(lambda: any("retune-undelivered-starts" in each["Subject"] for each in inbox()))


def test_models_are_measured_and_the_dashboard_shows_it(deployment: Deployment) -> None:
    """The schedule is off, so that no model is missed."""
    answer = deployment.client("lambda").invoke(FunctionName="retune-MeasureModels")
    assert "FunctionError" not in answer, answer["Payload"].read()
    cloudwatch = deployment.client("cloudwatch")
    listed = cloudwatch.list_metrics(Namespace="Retune/retune")["Metrics"]
    worst = {metric["MetricName"] for metric in listed if not metric["Dimensions"]}
    assert worst == {"DaysSinceSuccess", "PeriodsSinceSuccess", "Failures"}
    wait_until(lambda: state(cloudwatch, "retune-no-success") == "OK")
    assert cloudwatch.get_dashboard(DashboardName="retune")["DashboardBody"]


def state(cloudwatch: Any, alarm: str) -> str:
    (described,) = cloudwatch.describe_alarms(AlarmNames=[alarm])["MetricAlarms"]
    return str(described["StateValue"])
