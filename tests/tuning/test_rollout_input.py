"""How the endpoint is to run: what is refused, and what SageMaker is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.sagemaker.request_validation import validate_request
from tuning.checks.check_input import check_input
from tuning.environment import PlanningEnvironment
from tuning.errors import InvalidInput
from tuning.execution_input.requirements import NOTHING_REQUIRED
from tuning.planning.endpoint_plan import MAX_POLLS, plan_endpoint

from tests.tuning.refusals import refusals

TAGS: Any = [{"Key": "application", "Value": "retune"}]
ENVIRONMENT = PlanningEnvironment(
    "retune", "data-bucket", "arn:aws:iam::123456789012:role/x", {}, ("retune-5xx", "retune-slow")
)
TWO = {"InitialInstanceCount": 2}
REFUSED = {
    "canary of one instance": (
        {"Rollout": {"Type": "Canary"}},
        ["Endpoint.Rollout.Type = 'Canary'", "InitialInstanceCount"],
    ),
    "linear from one instance": (
        {
            "AutoScaling": {"MaxCapacity": 4, "InvocationsPerInstance": 70},
            "Rollout": {"Type": "Linear"},
        },
        ["Endpoint.Rollout.Type = 'Linear'", "AutoScaling.MinCapacity"],
    ),
    "more than half": (
        {**TWO, "Rollout": {"Type": "Canary", "CapacityPercent": 60}},
        ["Endpoint.Rollout.CapacityPercent = 60", "50"],
    ),
    "small steps": (
        {**TWO, "Rollout": {"Type": "Linear", "CapacityPercent": 5}},
        ["Endpoint.Rollout.CapacityPercent = 5", "10"],
    ),
    "a part of all at once": (
        {"Rollout": {"CapacityPercent": 10}},
        ["Endpoint.Rollout.CapacityPercent = 10", "AllAtOnce"],
    ),
    "less time than waits": (
        {
            **TWO,
            "Rollout": {
                "Type": "Linear",
                "CapacityPercent": 25,
                "WaitIntervalInSeconds": 300,
                "MaximumExecutionTimeoutInSeconds": 1200,
            },
        },
        ["MaximumExecutionTimeoutInSeconds = 1200", "1200 seconds"],
    ),
    "an endpoint that no alarm watches": (
        {"EndpointName": "retune-b", "Rollout": {}},
        ["Endpoint.Rollout.Alarms is not given", "retune-b"],
    ),
    "serverless on instances": (
        {"Serverless": {}, "InstanceType": "ml.m5.large", "InitialInstanceCount": 1},
        ["Endpoint.InstanceType", "Endpoint.InitialInstanceCount", "serverless"],
    ),
    "serverless with guardrails": (
        {"Serverless": {}, "Rollout": {}, "DataCapture": {}},
        ["Endpoint.Rollout", "Endpoint.DataCapture"],
    ),
    "odd memory": ({"Serverless": {"MemorySizeInMB": 1500}}, ["MemorySizeInMB = 1500", "1024"]),
    "fewer than least": (
        {"AutoScaling": {"MinCapacity": 3, "MaxCapacity": 2, "InvocationsPerInstance": 70}},
        ["Endpoint.AutoScaling.MaxCapacity = 2", "3"],
    ),
}


def endpoint_plan(
    endpoint: dict[str, Any], defaults: dict[str, Any] | None = None
) -> dict[str, Any]:
    run = check_input({"Endpoint": endpoint}, name_prefix="retune", defaults=defaults or {})
    plan = plan_endpoint(run, ENVIRONMENT, TAGS, NOTHING_REQUIRED).to_document()
    names = {"EndpointName": plan["EndpointName"], "EndpointConfigName": "retune-1"}
    variant = {**plan["ProductionVariant"], "ModelName": "retune-1"}
    config = {"EndpointConfigName": "retune-1", "ProductionVariants": [variant]}
    validate_request("CreateEndpointConfig", {**plan["Config"], **config})
    validate_request("UpdateEndpoint", {**plan["Update"], **names})
    return plan


@pytest.mark.parametrize(("endpoint", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_sagemaker_cannot_do_is_refused_with_the_field_and_the_rule(
    endpoint: dict[str, Any], words: list[str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_input({"Endpoint": endpoint}, name_prefix="retune")
    for word in words:
        assert word in str(refused.value)


def test_serverless_endpoint_has_no_network_of_its_own() -> None:
    network = {
        "VpcConfig": {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]},
        "EnableNetworkIsolation": True,
    }
    faults = refusals({**network, "Endpoint": {"Serverless": {}}})
    assert {fault.field: fault.value for fault in faults} == network


def test_update_without_a_rollout_watches_nothing_and_keeps_the_number_of_instances() -> None:
    assert endpoint_plan({})["Update"] == {"RetainAllVariantProperties": True}


def test_number_that_is_asked_for_is_not_overruled_by_the_one_there_is() -> None:
    plan = endpoint_plan({"InitialInstanceCount": 3})
    assert plan["Update"] == {"RetainAllVariantProperties": False}
    assert plan["ProductionVariant"]["InitialInstanceCount"] == 3


def test_update_that_captures_data_keeps_the_number_of_instances_by_its_config() -> None:
    plan = endpoint_plan({"DataCapture": {}})
    assert plan["Update"] == {"RetainAllVariantProperties": False}
    assert plan["KeepsInstanceCount"] is True


def test_canary_waits_for_the_stacks_alarms() -> None:
    plan = endpoint_plan({**TWO, "Rollout": {"Type": "Canary", "CapacityPercent": 50}})
    assert plan["Update"]["DeploymentConfig"] == {
        "BlueGreenUpdatePolicy": {
            "TrafficRoutingConfiguration": {
                "Type": "CANARY",
                "WaitIntervalInSeconds": 300,
                "CanarySize": {"Type": "CAPACITY_PERCENT", "Value": 50},
            },
            "TerminationWaitInSeconds": 0,
            "MaximumExecutionTimeoutInSeconds": 4200,
        },
        "AutoRollbackConfiguration": {
            "Alarms": [{"AlarmName": "retune-5xx"}, {"AlarmName": "retune-slow"}]
        },
    }


def test_linear_has_steps_and_the_execution_waits_for_all_of_them() -> None:
    plan = endpoint_plan(
        {**TWO, "Rollout": {"Type": "Linear", "WaitIntervalInSeconds": 600, "Alarms": ["mine"]}}
    )
    policy = plan["Update"]["DeploymentConfig"]["BlueGreenUpdatePolicy"]
    assert policy["TrafficRoutingConfiguration"]["LinearStepSize"]["Value"] == 25
    assert policy["MaximumExecutionTimeoutInSeconds"] == 4 * 600 + 3600
    assert plan["MaxPolls"] == MAX_POLLS + 6000 // 30
    alarms = plan["Update"]["DeploymentConfig"]["AutoRollbackConfiguration"]["Alarms"]
    assert alarms == [{"AlarmName": "mine"}]


def test_serverless_takes_the_place_of_the_deployed_instances() -> None:
    deployed = {"Endpoint": {"InstanceType": "ml.t2.medium", "DataCapture": {}}}
    plan = endpoint_plan({"Serverless": {"MaxConcurrency": 9}}, defaults=deployed)
    assert plan["ProductionVariant"] == {
        "VariantName": "AllTraffic",
        "InitialVariantWeight": 1,
        "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 9},
    }
    assert set(plan["Config"]) == {"Tags"}


def test_instances_take_the_place_of_a_deployed_serverless_endpoint() -> None:
    plan = endpoint_plan({"InstanceType": "ml.m5.xlarge"}, {"Endpoint": {"Serverless": {}}})
    assert plan["ProductionVariant"]["InstanceType"] == "ml.m5.xlarge"


def test_data_capture_writes_to_the_data_bucket() -> None:
    capture = endpoint_plan({"DataCapture": {}})["Config"]["DataCaptureConfig"]
    assert capture["DestinationS3Uri"] == "s3://data-bucket/capture/"
    assert capture["InitialSamplingPercentage"] == 100


def test_autoscaling_follows_the_requests_of_the_endpoint() -> None:
    scaling = {"MinCapacity": 2, "MaxCapacity": 6, "InvocationsPerInstance": 70}
    plan = endpoint_plan({"AutoScaling": scaling})
    assert plan["ProductionVariant"]["InitialInstanceCount"] == 2
    assert plan["Update"]["RetainAllVariantProperties"] is True
    target, policy = plan["AutoScaling"]["Target"], plan["AutoScaling"]["Policy"]
    assert target["ResourceId"] == policy["ResourceId"] == "endpoint/retune/variant/AllTraffic"
    assert (target["MinCapacity"], target["MaxCapacity"]) == (2, 6)
    assert policy["TargetTrackingScalingPolicyConfiguration"]["TargetValue"] == 70
