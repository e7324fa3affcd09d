"""Alarms that watch their metrics, act, and roll a deployment back; and endpoint variants that
Application Auto Scaling knows."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.served_model import (
    CSV,
    create_config,
    create_endpoint,
    settle,
    short,
    train_model,
)
from tests.local_aws.test_events import create_queue, put_rule, received

DIMENSION = "sagemaker:variant:DesiredInstanceCount"


@pytest.fixture(scope="module")
def model(local_aws: LocalAws) -> str:
    return train_model(local_aws)


@pytest.fixture(scope="module")
def endpoint(local_aws: LocalAws, model: str) -> str:
    return create_endpoint(local_aws, create_config(local_aws, model, "Main"))


def put_alarm(local_aws: LocalAws, metric: str, **options: Any) -> str:
    """An alarm on the sum of a metric, but for the options; None takes a member away."""
    request = {
        "AlarmName": short("alarm"), "Namespace": "Test", "MetricName": metric,
        "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 3,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    } | options  # fmt: skip
    given = {member: value for member, value in request.items() if value is not None}
    local_aws.client("cloudwatch").put_metric_alarm(**given)
    return str(request["AlarmName"])


def state(local_aws: LocalAws, alarm: str, wanted: str) -> str:
    """The alarm's state, given some seconds to become the wanted one."""
    deadline = time.monotonic() + 10
    while True:
        (found,) = local_aws.client("cloudwatch").describe_alarms(AlarmNames=[alarm])[
            "MetricAlarms"
        ]
        if found["StateValue"] == wanted or time.monotonic() > deadline:
            return str(found["StateValue"])
        time.sleep(0.05)


def put_metric(local_aws: LocalAws, metric: str, value: float) -> None:
    data = [{"MetricName": metric, "Value": value}]
    local_aws.client("cloudwatch").put_metric_data(Namespace="Test", MetricData=data)


def test_a_value_of_an_hour_ago_that_comes_late_hides_no_later_one(local_aws: LocalAws) -> None:
    metric = short("errors")
    put_metric(local_aws, metric, 9)
    late = {"MetricName": metric, "Value": 0, "Timestamp": time.time() - 3600}
    local_aws.client("cloudwatch").put_metric_data(Namespace="Test", MetricData=[late])
    assert state(local_aws, put_alarm(local_aws, metric), "ALARM") == "ALARM"


def test_alarm_goes_off_with_its_metric_and_tells_topic_and_bus(local_aws: LocalAws) -> None:
    metric = short("errors")
    topic_url, topic_queue = create_queue(local_aws)
    sns = local_aws.client("sns")
    topic = sns.create_topic(Name=short("topic"))["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=topic_queue)
    alarm = put_alarm(local_aws, metric, AlarmActions=[topic])
    bus_url, bus_queue = create_queue(local_aws)
    pattern = {"source": ["aws.cloudwatch"], "detail": {"alarmName": [alarm]}}
    put_rule(local_aws, pattern, bus_queue)
    assert state(local_aws, alarm, "INSUFFICIENT_DATA") == "INSUFFICIENT_DATA"
    put_metric(local_aws, metric, 2)
    assert state(local_aws, alarm, "OK") == "OK"
    put_metric(local_aws, metric, 1)
    assert state(local_aws, alarm, "ALARM") == "ALARM"
    (notification,) = received(local_aws, topic_url)
    assert json.loads(notification["Message"])["NewStateValue"] == "ALARM"
    events = received(local_aws, bus_url, 2)
    assert [event["detail"]["state"]["value"] for event in events] == ["OK", "ALARM"]


def test_state_set_by_hand_stays(local_aws: LocalAws) -> None:
    alarm = put_alarm(local_aws, short("quiet"), TreatMissingData="notBreaching")
    assert state(local_aws, alarm, "OK") == "OK"
    local_aws.client("cloudwatch").set_alarm_state(
        AlarmName=alarm, StateValue="ALARM", StateReason="for a test"
    )
    time.sleep(0.6)
    assert state(local_aws, alarm, "ALARM") == "ALARM"


def test_errors_of_the_new_fleet_roll_it_back(
    local_aws: LocalAws, endpoint: str, model: str
) -> None:
    before, new = settle(local_aws, endpoint), create_config(local_aws, model, "Main")
    alarm = put_alarm(
        local_aws,
        "Invocation4XXErrors",
        Namespace="AWS/SageMaker",
        Threshold=1,
        TreatMissingData="notBreaching",
        Dimensions=[
            {"Name": "EndpointName", "Value": endpoint},
            {"Name": "VariantName", "Value": "Main"},
            {"Name": "EndpointConfigName", "Value": new},
        ],
    )
    local_aws.client("sagemaker").update_endpoint(
        EndpointName=endpoint,
        EndpointConfigName=new,
        DeploymentConfig={
            "BlueGreenUpdatePolicy": {
                "TrafficRoutingConfiguration": {
                    "Type": "CANARY",
                    "WaitIntervalInSeconds": 600,
                    "CanarySize": {"Type": "INSTANCE_COUNT", "Value": 1},
                }
            },
            "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": alarm}]},
        },
    )
    runtime, errors = local_aws.client("sagemaker-runtime"), 0
    while local_aws.client("sagemaker").describe_endpoint(EndpointName=endpoint)[
        "EndpointStatus"
    ] in ("Updating", "RollingBack"):
        with pytest.raises(ClientError):
            runtime.invoke_endpoint(EndpointName=endpoint, Body=b"no,numbers\n", **CSV)
        errors += 1
    described = settle(local_aws, endpoint)
    assert errors >= 1
    assert described["EndpointConfigName"] == before["EndpointConfigName"]
    assert alarm in described["FailureReason"]


def test_scalable_variant_is_scaled_into_its_bounds(local_aws: LocalAws, endpoint: str) -> None:
    scaling = local_aws.client("application-autoscaling")
    target = {
        "ServiceNamespace": "sagemaker",
        "ResourceId": f"endpoint/{endpoint}/variant/Main",
        "ScalableDimension": DIMENSION,
    }
    scaling.register_scalable_target(**target, MinCapacity=3, MaxCapacity=5)
    (variant,) = settle(local_aws, endpoint)["ProductionVariants"]
    assert variant["DesiredInstanceCount"] == 3
    configuration = {
        "TargetValue": 70.0,
        "PredefinedMetricSpecification": {
            "PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"
        },
    }
    scaling.put_scaling_policy(
        **target,
        PolicyName="by-invocations",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration=configuration,
    )
    (policy,) = scaling.describe_scaling_policies(
        ServiceNamespace="sagemaker", ResourceId=target["ResourceId"]
    )["ScalingPolicies"]
    assert policy["TargetTrackingScalingPolicyConfiguration"] == configuration
    (described,) = scaling.describe_scalable_targets(
        ServiceNamespace="sagemaker", ResourceIds=[target["ResourceId"]]
    )["ScalableTargets"]
    assert (described["MinCapacity"], described["MaxCapacity"]) == (3, 5)


@pytest.mark.parametrize(
    ("resource", "text"),
    [
        ("endpoint/nowhere/variant/Main", "Could not find endpoint"),
        ("endpoint/{endpoint}/variant/Other", "has no variant 'Other' in service"),
    ],
    ids=["endpoint", "variant"],
)
def test_missing_variant_cannot_be_scaled(
    local_aws: LocalAws, endpoint: str, resource: str, text: str
) -> None:
    with pytest.raises(ClientError, match=text):
        local_aws.client("application-autoscaling").register_scalable_target(
            ServiceNamespace="sagemaker",
            ResourceId=resource.format(endpoint=endpoint),
            ScalableDimension=DIMENSION,
            MinCapacity=1,
            MaxCapacity=2,
        )


def test_alarm_on_an_expression_is_refused(local_aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="evaluates alarms on one metric"):
        local_aws.client("cloudwatch").put_metric_alarm(
            AlarmName="rate",
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
            Metrics=[{"Id": "e", "Expression": "a/b", "ReturnData": True}],
        )


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"ExtendedStatistic": "tm90"}, "percentiles such as p95 or p99.9; {name} is on tm90"),
        ({"ExtendedStatistic": "IQM"}, "percentiles such as p95 or p99.9; {name} is on IQM"),
        ({"ExtendedStatistic": "p101"}, "{name} is on p101"),
        ({"Statistic": "Median"}, "{name} is on Median"),
        ({}, "{name} is on None"),
    ],
    ids=["trimmed mean", "interquartile mean", "no percentile", "no statistic", "none"],
)
def test_alarm_on_a_statistic_that_is_not_evaluated_is_refused(
    local_aws: LocalAws, options: dict[str, Any], text: str
) -> None:
    name = short("alarm")
    with pytest.raises(ClientError, match=text.format(name=name)):
        put_alarm(local_aws, "errors", AlarmName=name, **({"Statistic": None} | options))


@pytest.mark.parametrize("percentile", ["p0", "p95", "p99.9", "p100"])
def test_alarm_on_a_percentile_goes_off(local_aws: LocalAws, percentile: str) -> None:
    metric = short("latency")
    put_metric(local_aws, metric, 9)
    alarm = put_alarm(local_aws, metric, Statistic=None, ExtendedStatistic=percentile)
    assert state(local_aws, alarm, "ALARM") == "ALARM"


@pytest.mark.parametrize("member", ["AlarmActions", "OKActions", "InsufficientDataActions"])
def test_alarm_with_an_action_that_is_not_carried_out_is_refused(
    local_aws: LocalAws, member: str
) -> None:
    action, name = "arn:aws:automate:us-east-1:ec2:stop", short("alarm")
    expected = f"on SNS topics and Lambda functions; {member} of {name} has {action}"
    with pytest.raises(ClientError, match=expected):
        put_alarm(local_aws, "errors", AlarmName=name, **{member: [action]})
    assert local_aws.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"] == []


def test_alarms_of_application_auto_scaling_are_kept(local_aws: LocalAws) -> None:
    scaling, table = local_aws.client("application-autoscaling"), short("table")
    target = {
        "ServiceNamespace": "dynamodb",
        "ResourceId": f"table/{table}",
        "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
    }
    scaling.register_scalable_target(**target, MinCapacity=1, MaxCapacity=5)
    policy = scaling.put_scaling_policy(
        **target,
        PolicyName="by-use",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={"TargetValue": 70.0},
    )
    assert len(policy["Alarms"]) == 4
