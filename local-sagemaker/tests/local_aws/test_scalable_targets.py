"""Application Auto Scaling of an endpoint, by a function that may lack a permission of its own."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function, invoke
from tests.local_aws.served_model import create_config, create_endpoint, train_model
from tests.local_aws.test_permissions import allow, client, client_of_user
from tests.local_aws.test_permissions import deny as deny_of_policy

pytestmark = pytest.mark.usefixtures("local_aws_faults")
DIMENSION = {
    "ServiceNamespace": "sagemaker",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
}
SOURCE = """
import boto3

def handler(event, context):
    client = boto3.client(event["Service"])
    try:
        getattr(client, event["Operation"])(**event["Request"])
    except client.exceptions.ClientError as error:
        return error.response["Error"]
    return {"Code": "", "Message": ""}
"""
PROBED = [
    ("sagemaker", "DescribeEndpoint"),
    ("sagemaker", "DescribeEndpointConfig"),
    ("sagemaker", "UpdateEndpointWeightsAndCapacities"),
    ("cloudwatch", "PutMetricAlarm"),
    ("cloudwatch", "DescribeAlarms"),
    ("cloudwatch", "DeleteAlarms"),
]


@pytest.fixture(scope="module")
def function(local_aws: LocalAws) -> str:
    return create_function(local_aws, SOURCE, Timeout=60)


@pytest.fixture(scope="module")
def endpoint(local_aws: LocalAws) -> str:
    return create_endpoint(local_aws, create_config(local_aws, train_model(local_aws), "Only"))


def asked(
    local_aws: LocalAws, function: str, service: str, operation: str, **request: Any
) -> dict[str, str]:
    """Code and message of the error that the function's call meets; empty without one."""
    event = {"Service": service, "Operation": operation, "Request": request}
    return dict(invoke(local_aws, function, event)[1])


def register(local_aws: LocalAws, function: str, endpoint: str) -> dict[str, str]:
    return asked(
        local_aws, function, "application-autoscaling", "register_scalable_target",
        ResourceId=f"endpoint/{endpoint}/variant/Only", MinCapacity=2, MaxCapacity=3, **DIMENSION,
    )  # fmt: skip


def targets(local_aws: LocalAws, endpoint: str) -> list[str]:
    client = local_aws.client("application-autoscaling")
    found = client.describe_scalable_targets(ServiceNamespace="sagemaker")["ScalableTargets"]
    return [one["ResourceId"] for one in found if f"/{endpoint}/" in one["ResourceId"]]


def deny(local_aws: LocalAws, function: str, service: str, operation: str) -> None:
    local_aws.add_fault(
        "access-denied", service=service, operation=operation, caller=f"lambda.{function}",
        times=None,
    )  # fmt: skip


@pytest.mark.parametrize(("service", "operation"), PROBED)
def test_register_names_the_permission_that_its_caller_lacks(
    local_aws: LocalAws, function: str, endpoint: str, service: str, operation: str
) -> None:
    deny(local_aws, function, service, operation)
    assert register(local_aws, function, endpoint) == {
        "Code": "ValidationException",
        "Message": f"User is missing the following permissions: {service}:{operation}",
    }
    assert targets(local_aws, endpoint) == []


def test_all_missing_permissions_are_named_at_once(
    local_aws: LocalAws, function: str, endpoint: str
) -> None:
    deny(local_aws, function, "cloudwatch", "*")
    named = register(local_aws, function, endpoint)["Message"].partition(": ")[2]
    assert named == "cloudwatch:PutMetricAlarm, cloudwatch:DescribeAlarms, cloudwatch:DeleteAlarms"


def test_probes_change_nothing(local_aws: LocalAws, function: str, endpoint: str) -> None:
    before = local_aws.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert register(local_aws, function, endpoint)["Code"] == ""
    assert targets(local_aws, endpoint) == [f"endpoint/{endpoint}/variant/Only"]
    assert local_aws.client("cloudwatch").describe_alarms()["MetricAlarms"] == before


def test_deleting_an_endpoint_deregisters_its_target_in_the_callers_name(
    local_aws: LocalAws, function: str
) -> None:
    name = create_endpoint(local_aws, create_config(local_aws, train_model(local_aws), "Only"))
    assert register(local_aws, function, name)["Code"] == ""
    deny(local_aws, function, "application-autoscaling", "DeregisterScalableTarget")
    refused = asked(local_aws, function, "sagemaker", "delete_endpoint", EndpointName=name)
    assert refused["Code"] == "ValidationException"
    assert "application-autoscaling:DeregisterScalableTarget" in refused["Message"]
    assert targets(local_aws, name) == [f"endpoint/{name}/variant/Only"]

    local_aws.client("sagemaker").delete_endpoint(EndpointName=name)
    assert targets(local_aws, name) == []


@pytest.mark.parametrize("who", ["session", "user"])
def test_who_has_keys_of_iam_is_asked_too(local_aws: LocalAws, endpoint: str, who: str) -> None:
    may = allow(["application-autoscaling:*", "sagemaker:*"])
    with_alarms = allow(["application-autoscaling:*", "sagemaker:*", "cloudwatch:*"])
    make = {"session": client, "user": client_of_user}[who]
    resource = {"ResourceId": f"endpoint/{endpoint}/variant/Only", **DIMENSION}
    lacks, _ = make(local_aws, "application-autoscaling", may)
    with pytest.raises(ClientError) as refused:
        lacks.register_scalable_target(MinCapacity=2, MaxCapacity=3, **resource)
    assert refused.value.response["Error"] == {
        "Code": "ValidationException",
        "Message": "User is missing the following permissions: cloudwatch:PutMetricAlarm, "
        "cloudwatch:DescribeAlarms, cloudwatch:DeleteAlarms",
    }
    has, _ = make(local_aws, "application-autoscaling", with_alarms)
    has.register_scalable_target(MinCapacity=2, MaxCapacity=3, **resource)


def test_a_probe_tells_that_it_comes_by_way_of_a_service(
    local_aws: LocalAws, endpoint: str
) -> None:
    own_calls = {"Bool": {"aws:ViaAWSService": "true"}}
    services = ["application-autoscaling:*", "sagemaker:*", "cloudwatch:*"]
    limited, _ = client(
        local_aws, "application-autoscaling",
        allow(services), deny_of_policy("cloudwatch:DescribeAlarms", Condition=own_calls),
    )  # fmt: skip
    with pytest.raises(ClientError, match=r"permissions: cloudwatch:DescribeAlarms$"):
        limited.register_scalable_target(
            ResourceId=f"endpoint/{endpoint}/variant/Only", MinCapacity=2, MaxCapacity=3,
            **DIMENSION,
        )  # fmt: skip
