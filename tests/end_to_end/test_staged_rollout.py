"""Rollouts through the whole workflow: canary, linear, serverless, autoscaling, data capture."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.end_to_end.conftest import Deployment, wait_until
from tests.end_to_end.leftovers import leftovers
from tests.end_to_end.rollout import serving, subscribe, tiny

STAGED = "retune-staged"
TWO_INSTANCES = {"EndpointName": STAGED, "InitialInstanceCount": 2}
SCALED = "retune-scaled"
SCALING = {
    "EndpointName": SCALED,
    "AutoScaling": {"MinCapacity": 2, "MaxCapacity": 4, "InvocationsPerInstance": 70},
}
UNSCALED = "retune-unscaled"
MISSING = "User is missing the following permissions: cloudwatch:PutMetricAlarm"
REPORT = "runs/{name}/report.html"
ROWS = "0.1,0.2,0.3,0.4\n0.5,0.6,0.7,0.8"


def deployed(deployment: Deployment, run: dict[str, Any]) -> dict[str, Any]:
    """The output of an execution that ended well."""
    described = deployment.run(run)
    assert described["status"] == "SUCCEEDED", described
    output: dict[str, Any] = json.loads(described["output"])
    assert output["Outcome"] == "Deployed", output
    return output


def invoke(deployment: Deployment, endpoint: str, body: str = ROWS) -> None:
    deployment.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=endpoint, ContentType="text/csv", Body=body
    )


def alarm_on_bad_requests(
    deployment: Deployment, endpoint: str, name: str, *, threshold: int = 1
) -> str:
    deployment.aws(
        "cloudwatch", "put-metric-alarm", "--alarm-name", name, "--namespace", "AWS/SageMaker",
        "--metric-name", "Invocation4XXErrors", "--statistic", "Sum", "--threshold", str(threshold),
        "--comparison-operator", "GreaterThanOrEqualToThreshold", "--period", "60",
        "--evaluation-periods", "1", "--treat-missing-data", "notBreaching", "--dimensions",
        f"Name=EndpointName,Value={endpoint}", "Name=VariantName,Value=AllTraffic",
    )  # fmt: skip
    return name


def is_baking(deployment: Deployment, endpoint: str) -> bool:
    described = deployment.client("sagemaker").describe_endpoint(EndpointName=endpoint)
    (variant,) = described.get("PendingDeploymentSummary", {}).get("ProductionVariants", [{}])
    return {"Status": "Baking"}.items() <= {**variant.get("VariantStatus", [{}])[0]}.items()


@contextmanager
def asked_without_pause(deployment: Deployment, endpoint: str) -> Iterator[None]:
    """Somebody asks for predictions all the time, and every answer is one."""
    ended, faults = threading.Event(), list[Exception]()

    def ask() -> None:
        while not ended.wait(0.05):
            try:
                invoke(deployment, endpoint)
            except ClientError as fault:
                faults.append(fault)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield
    finally:
        ended.set()
        asking.join()
    assert faults == []


@pytest.fixture(scope="module")
def staged(deployment: Deployment) -> str:
    """The model that serves at retune-staged, on two instances."""
    return str(deployed(deployment, tiny(STAGED, Endpoint=TWO_INSTANCES))["ModelName"])


# A minute does not pass between the two: the second alarm must not see what set off the first.
@pytest.mark.parametrize(("kind", "threshold"), [("Canary", 1), ("Linear", 10)])
def test_alarm_that_goes_off_rolls_back_and_is_named(
    deployment: Deployment, staged: str, kind: str, threshold: int
) -> None:
    name = f"bad-requests-{kind.lower()}"
    alarm = alarm_on_bad_requests(deployment, STAGED, name, threshold=threshold)
    rollout = {"Type": kind, "WaitIntervalInSeconds": 600, "Alarms": [alarm]}
    execution = deployment.start(tiny(STAGED, Endpoint={**TWO_INSTANCES, "Rollout": rollout}))
    wait_until(lambda: is_baking(deployment, STAGED))
    for _ in range(threshold):
        with pytest.raises(ClientError, match="400"):
            invoke(deployment, STAGED, "1,2,3,4,5,6,7")
    failed = deployment.finish(execution)
    assert failed["error"] == "EndpointRolledBack", failed
    assert alarm in failed["cause"]
    assert f"still serves {staged}" in failed["cause"]
    assert serving(deployment, STAGED) == staged
    assert leftovers(deployment, execution) == set()


@pytest.fixture(scope="module")
def scaled(deployment: Deployment) -> dict[str, Any]:
    """An endpoint that scales; the output of its first execution."""
    return deployed(deployment, tiny(SCALED, Endpoint=SCALING))


def test_endpoint_is_a_target_of_autoscaling(
    deployment: Deployment, scaled: dict[str, Any]
) -> None:
    client = deployment.client("application-autoscaling")
    variant = {
        "ServiceNamespace": "sagemaker",
        "ResourceIds": [f"endpoint/{SCALED}/variant/AllTraffic"],
    }
    (target,) = client.describe_scalable_targets(**variant)["ScalableTargets"]
    assert (target["MinCapacity"], target["MaxCapacity"]) == (2, 4)
    (policy,) = client.describe_scaling_policies(
        ServiceNamespace="sagemaker", ResourceId=variant["ResourceIds"][0]
    )["ScalingPolicies"]
    tracking = policy["TargetTrackingScalingPolicyConfiguration"]
    assert tracking["TargetValue"] == 70


def test_model_that_is_proven_stays_when_its_endpoint_cannot_scale(
    deployment: Deployment, local_aws_faults: LocalAws
) -> None:
    lacking = {"service": "cloudwatch", "operation": "PutMetricAlarm"}
    caller = "lambda.retune-ScaleEndpoint"
    local_aws_faults.add_fault("access-denied", caller=caller, times=None, **lacking)
    heard = subscribe(deployment, "heard-of-scaling")
    described = deployment.run(tiny(UNSCALED, Endpoint={**SCALING, "EndpointName": UNSCALED}))
    assert described["status"] == "SUCCEEDED", described
    output = json.loads(described["output"])
    assert output["Outcome"] == "ScalingFailed"
    assert output["ScalingFailure"].endswith(MISSING)
    assert serving(deployment, UNSCALED) == output["ModelName"]
    (message,) = heard(described["executionArn"])
    assert message["MessageAttributes"]["Outcome"]["Value"] == "ScalingFailed"
    assert MISSING in message["Message"]
    assert MISSING in deployment.retune("watch", described["name"]).stderr
    place = {"Bucket": deployment.outputs["DataBucketName"], "Key": REPORT.format(**described)}
    report = deployment.client("s3").get_object(**place)["Body"].read()
    assert MISSING in report.decode()


@pytest.fixture(scope="module")
def captured(deployment: Deployment, scaled: dict[str, Any]) -> dict[str, Any]:
    """The output of an update that begins to capture, by canary, after somebody has scaled out."""
    change = {"VariantName": "AllTraffic", "DesiredInstanceCount": 3}
    deployment.client("sagemaker").update_endpoint_weights_and_capacities(
        EndpointName=SCALED, DesiredWeightsAndCapacities=[change]
    )
    alarm = alarm_on_bad_requests(deployment, SCALED, "quiet")
    rollout = {"Type": "Canary", "WaitIntervalInSeconds": 1, "Alarms": [alarm]}
    endpoint = {**SCALING, "DataCapture": {}, "Rollout": rollout}
    with asked_without_pause(deployment, SCALED):
        return deployed(deployment, tiny(SCALED, Endpoint=endpoint))


def test_canary_keeps_the_capacity_that_scaling_has_reached(
    deployment: Deployment, scaled: dict[str, Any], captured: dict[str, Any]
) -> None:
    assert serving(deployment, SCALED) == captured["ModelName"] != scaled["ModelName"]
    described = deployment.client("sagemaker").describe_endpoint(EndpointName=SCALED)
    (variant,) = described["ProductionVariants"]
    assert variant["CurrentInstanceCount"] == 3
    policy = described["LastDeploymentConfig"]["BlueGreenUpdatePolicy"]
    assert policy["TrafficRoutingConfiguration"] == {
        "Type": "CANARY",
        "WaitIntervalInSeconds": 1,
        "CanarySize": {"Type": "CAPACITY_PERCENT", "Value": 10},
    }


def test_update_begins_to_capture_requests_and_answers(
    deployment: Deployment, captured: dict[str, Any]
) -> None:
    s3, bucket = deployment.client("s3"), deployment.outputs["DataBucketName"]
    prefix = f"capture/{SCALED}/AllTraffic/"

    def records() -> list[dict[str, Any]]:
        listed = s3.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", [])
        bodies = [s3.get_object(Bucket=bucket, Key=each["Key"])["Body"] for each in listed]
        return [json.loads(line)["captureData"] for body in bodies for line in body.iter_lines()]

    invoke(deployment, SCALED, ROWS)
    wait_until(lambda: any(one["endpointInput"]["data"] == ROWS for one in records()))
    one = next(one for one in records() if one["endpointInput"]["data"] == ROWS)
    assert one["endpointInput"]["encoding"] == one["endpointOutput"]["encoding"] == "CSV"
    assert len(one["endpointOutput"]["data"].split()) == 2


def test_serverless_endpoint_is_made_and_updated(deployment: Deployment) -> None:
    endpoint = {"EndpointName": "retune-serverless", "Serverless": {"MaxConcurrency": 2}}
    run = tiny("retune-serverless", Endpoint=endpoint)
    first, second = (deployed(deployment, run) for _ in range(2))
    config = serving(deployment, "retune-serverless")
    assert config == second["ModelName"] != first["ModelName"]
    (variant,) = deployment.client("sagemaker").describe_endpoint_config(EndpointConfigName=config)[
        "ProductionVariants"
    ]
    assert variant["ServerlessConfig"] == {"MemorySizeInMB": 2048, "MaxConcurrency": 2}
