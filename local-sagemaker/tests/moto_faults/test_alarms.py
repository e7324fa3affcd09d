from __future__ import annotations

from typing import Any

from tests.moto_faults.clients import client, create_queue, messages


def put_alarm(**more: Any) -> None:
    client("cloudwatch").put_metric_alarm(
        AlarmName="failures",
        Namespace="Test",
        MetricName="Failures",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=0,
        ComparisonOperator="GreaterThanThreshold",
        **more,
    )


def state() -> str:
    return str(client("cloudwatch").describe_alarms()["MetricAlarms"][0]["StateValue"])


def test_an_alarm_tells_nobody_that_its_state_changed() -> None:
    url, queue = create_queue()
    topic = client("sns").create_topic(Name="alarms")["TopicArn"]
    client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    put_alarm(AlarmActions=[topic])
    client("cloudwatch").set_alarm_state(AlarmName="failures", StateValue="ALARM", StateReason="x")
    assert state() == "ALARM"
    assert messages(url) == []


def test_an_alarm_is_not_evaluated() -> None:
    client("cloudwatch").put_metric_data(
        Namespace="Test", MetricData=[{"MetricName": "Failures", "Value": 9}]
    )
    put_alarm()
    assert state() == "OK"
