"""Somebody hears when nobody looks: what the stack watches by itself, and who is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Template

from configuration.settings import Settings
from stacks.retune_stack import RetuneStack
from tests.stacks.policies import actions, as_list, statements

KEY = "arn:aws:kms:eu-west-1:123456789012:key/0f9a3c1e-1111-2222-3333-444455556666"


def of_type(resources: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [each["Properties"] for each in resources.values() if each["Type"] == kind]


@pytest.fixture(scope="module")
def alarms(resources: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {alarm["AlarmName"]: alarm for alarm in of_type(resources, "AWS::CloudWatch::Alarm")}


def dimension(alarm: dict[str, Any]) -> str:
    """The logical id of what an alarm watches."""
    (watched,) = alarm["Dimensions"]
    value = watched["Value"]
    return str(value.get("Ref") or value["Fn::GetAtt"][0])


@pytest.mark.parametrize(
    ("name", "machine"),
    [("executions", "Workflow"), ("recovery", "RecoveryWorkflow"), ("fleets", "FleetWorkflow")],
)
@pytest.mark.parametrize(
    ("end", "metric"),
    [
        ("failed", "ExecutionsFailed"),
        ("timed-out", "ExecutionsTimedOut"),
        ("aborted", "ExecutionsAborted"),
    ],
)
def test_one_execution_that_ends_without_success_goes_off(
    alarms: dict[str, Any], name: str, machine: str, end: str, metric: str
) -> None:
    alarm = alarms[f"retune-{name}-{end}"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/States", metric)
    assert dimension(alarm).startswith(machine)
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Sum", 0)
    assert alarm["ComparisonOperator"] == "GreaterThanThreshold"
    assert alarm["TreatMissingData"] == "notBreaching"


def test_one_message_in_any_dead_letter_queue_goes_off(
    alarms: dict[str, Any], resources: dict[str, Any]
) -> None:
    watched = {
        dimension(alarm)
        for alarm in alarms.values()
        if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible" and alarm["Threshold"] == 0
    }
    queues = {name for name, each in resources.items() if each["Type"] == "AWS::SQS::Queue"}
    assert len(queues) == 2
    assert watched == queues


def test_one_alarm_watches_the_model_that_has_gone_longest_without_success(
    alarms: dict[str, Any], template: Template
) -> None:
    alarm = alarms["retune-no-success"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("Retune/retune", "PeriodsSinceSuccess")
    assert "Dimensions" not in alarm  # the maximum of all models
    assert (alarm["Threshold"], alarm["Period"], alarm["Statistic"]) == (2, 86400, "Maximum")
    assert alarm["TreatMissingData"] == "ignore"
    template.has_resource_properties(
        "AWS::Scheduler::Schedule",
        {"Name": "retune-MeasureModels", "ScheduleExpression": "rate(1 day)", "State": "ENABLED"},
    )


@pytest.mark.parametrize("function", ["SweepExecutions", "MeasureModels"])
def test_function_that_only_a_schedule_calls_does_not_fail_unheard(
    alarms: dict[str, Any], function: str
) -> None:
    alarm = alarms[f"retune-{function}-failed"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Lambda", "Errors")
    assert dimension(alarm).startswith(f"Functions{function}")


def test_measures_may_write_metrics_of_the_prefix_only(resources: dict[str, Any]) -> None:
    (put,) = (
        statement
        for statement in statements(resources, "FunctionsMeasureModelsRole")
        if statement["Action"] == "cloudwatch:PutMetricData"
    )
    assert put["Condition"] == {"StringEquals": {"cloudwatch:namespace": "Retune/retune"}}
    assert not actions(resources, "FunctionsMeasureModelsRole") & {"s3:PutObject", "sns:Publish"}


def test_people_hear_of_every_alarm_those_of_the_endpoint_too(alarms: dict[str, Any]) -> None:
    assert {"retune-endpoint-5xx", "retune-endpoint-latency"} <= alarms.keys()
    for name, alarm in alarms.items():
        (topic,) = alarm["AlarmActions"]
        assert topic["Ref"].startswith("Notifications"), name


def test_alarms_of_the_account_may_publish_to_the_topic_and_use_its_key(
    resources: dict[str, Any],
) -> None:
    """An alarm cannot publish to a topic under AWS's own key, alias/aws/sns."""
    cloudwatch = {"Service": "cloudwatch.amazonaws.com"}
    (topic,), (key,) = of_type(resources, "AWS::SNS::Topic"), of_type(resources, "AWS::KMS::Key")
    assert topic["KmsMasterKeyId"]["Fn::GetAtt"][0].startswith("NotificationKey")
    (use,) = (s for s in key["KeyPolicy"]["Statement"] if s["Principal"] == cloudwatch)
    assert set(use["Action"]) == {"kms:Decrypt", "kms:GenerateDataKey"}
    assert key["EnableKeyRotation"] is True
    (policy,) = of_type(resources, "AWS::SNS::TopicPolicy")
    (publish,) = (s for s in policy["PolicyDocument"]["Statement"] if s["Principal"] == cloudwatch)
    assert publish["Action"] == "sns:Publish"
    source = json.dumps(publish["Condition"]["ArnLike"]["aws:SourceArn"])
    assert "AWS::AccountId" in source
    assert ":alarm:*" in source


def test_notify_may_use_the_key_of_the_topic(resources: dict[str, Any]) -> None:
    assert {"sns:Publish", "kms:Decrypt", "kms:GenerateDataKey"} <= actions(
        resources, "FunctionsNotifyRole"
    )


def test_with_a_key_of_the_account_the_stack_makes_none() -> None:
    settings = Settings.parse({"notification_kms_key": KEY})
    template = Template.from_stack(RetuneStack(App(), "retune", settings=settings))
    template.resource_count_is("AWS::KMS::Key", 0)
    template.all_resources_properties("AWS::SNS::Topic", {"KmsMasterKeyId": KEY})
    (use,) = (
        statement
        for statement in statements(template.to_json()["Resources"], "FunctionsNotifyRole")
        if "kms:GenerateDataKey" in as_list(statement["Action"])
    )
    assert use["Resource"] == KEY
