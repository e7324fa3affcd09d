"""Deployments that move traffic step by step, and roll back when an alarm says so."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.refusal import refusal
from tests.local_sagemaker.hosting import broken_model_data, create_config, create_model, variant
from tests.local_sagemaker.server import BUCKET, LocalSageMaker, new_name, running, training_request
from tests.local_sagemaker.waiting import wait_for_endpoint, wait_for_training, wait_until

SCALE = 0.01
ROW = b"0.9,0.5\n"


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSageMaker]:
    with running(tmp_path_factory.mktemp("rollout"), wait_scale=SCALE) as local:
        yield local


@pytest.fixture(scope="module")
def model(local: LocalSageMaker) -> str:
    name = new_name("rolled")
    local.sagemaker.create_training_job(**training_request(name))
    return create_model(local, wait_for_training(local, name)["ModelArtifacts"]["S3ModelArtifacts"])


@pytest.fixture
def endpoint(local: LocalSageMaker, model: str) -> str:
    """In service on two instances of the variant Old."""
    name = new_name("endpoint")
    config = create_config(local, fleet(model, "Old"))
    local.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=config)
    assert wait_for_endpoint(local, name)["EndpointStatus"] == "InService"
    return name


@pytest.fixture
def alarm(local: LocalSageMaker) -> str:
    name = new_name("alarm")
    local.cloudwatch.put_metric_alarm(
        AlarmName=name, Namespace="AWS/SageMaker", MetricName="Invocation5XXErrors",
        Statistic="Sum", Period=60, EvaluationPeriods=1, Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
    )  # fmt: skip
    return name


def fleet(model: str, name: str) -> dict[str, Any]:
    return variant(model, name) | {"InitialInstanceCount": 2}


def percent(value: int) -> dict[str, Any]:
    return {"Type": "CAPACITY_PERCENT", "Value": value}


def blue_green(kind: str, wait: int, *, termination: int = 0, **sizes: Any) -> dict[str, Any]:
    routing = {"Type": kind, "WaitIntervalInSeconds": wait} | sizes
    return {
        "BlueGreenUpdatePolicy": {
            "TrafficRoutingConfiguration": routing, "TerminationWaitInSeconds": termination
        }
    }  # fmt: skip


def watched(deployment: dict[str, Any], *alarms: str) -> dict[str, Any]:
    names = [{"AlarmName": alarm} for alarm in alarms]
    return deployment | {"AutoRollbackConfiguration": {"Alarms": names}}


def update(
    local: LocalSageMaker, endpoint: str, model: str, deployment: dict[str, Any], **options: Any
) -> str:
    """Begin to replace Old by New; returns the new config's name."""
    config = create_config(local, fleet(model, "New"))
    local.sagemaker.update_endpoint(
        EndpointName=endpoint,
        EndpointConfigName=config,
        DeploymentConfig=deployment,
        **options,
    )
    return config


def answering(local: LocalSageMaker, endpoint: str) -> str:
    """The variant that answers a request."""
    answer = local.runtime.invoke_endpoint(EndpointName=endpoint, Body=ROW, ContentType="text/csv")
    return str(answer["InvokedProductionVariant"])


def stage(described: dict[str, Any]) -> str | None:
    """The VariantStatus of the fleet that is being deployed."""
    for summary in described.get("PendingDeploymentSummary", {}).get("ProductionVariants", []):
        for status in summary.get("VariantStatus", []):
            return str(status["Status"])
    return None


def wait_for_stage(local: LocalSageMaker, endpoint: str, wanted: str) -> dict[str, Any]:
    return wait_until(
        lambda: local.sagemaker.describe_endpoint(EndpointName=endpoint),
        lambda described: stage(described) == wanted,
    )


def test_canary_gets_its_share_of_the_traffic_and_then_all(
    local: LocalSageMaker, endpoint: str, model: str
) -> None:
    deployment = blue_green("CANARY", 300, CanarySize=percent(30))
    config = update(local, endpoint, model, deployment)
    described = wait_for_stage(local, endpoint, "Baking")
    counts: Counter[str] = Counter()
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        counts[answering(local, endpoint)] += 1
    assert 0.1 < counts["New"] / counts.total() < 0.5, counts
    assert described["EndpointStatus"] == "Updating"
    assert described["EndpointConfigName"] != config
    assert described["PendingDeploymentSummary"]["EndpointConfigName"] == config
    updated = wait_for_endpoint(local, endpoint)
    assert updated["EndpointConfigName"] == config
    assert updated["LastDeploymentConfig"] == deployment
    assert {answering(local, endpoint) for _ in range(20)} == {"New"}


def test_linear_steps_and_termination_take_their_waits(
    local: LocalSageMaker, endpoint: str, model: str
) -> None:
    linear = blue_green("LINEAR", 50, termination=100, LinearStepSize=percent(50))
    update(local, endpoint, model, linear)
    wait_for_stage(local, endpoint, "Baking")
    started = time.monotonic()
    wait_for_endpoint(local, endpoint)
    assert time.monotonic() - started > 1.5


def test_each_stage_of_an_update_is_an_event(
    local: LocalSageMaker, endpoint: str, model: str
) -> None:
    update(local, endpoint, model, blue_green("CANARY", 10, CanarySize=percent(50)))
    wait_for_endpoint(local, endpoint)
    stages = [
        event.detail["PendingDeploymentSummary"]["ProductionVariants"][0]["VariantStatus"][0]
        for event in local.events
        if event.kind == "SageMaker Endpoint Deployment State Change"
        and event.detail["EndpointName"] == endpoint
    ]
    told = [stage["Status"] for stage in stages]
    assert told == ["Creating", *["ActivatingTraffic", "Baking"] * 2]


def test_models_and_configs_that_come_and_go_are_events(local: LocalSageMaker, model: str) -> None:
    config = create_config(local, variant(model))
    local.sagemaker.delete_endpoint_config(EndpointConfigName=config)
    kinds = [
        event.kind
        for event in local.events
        if event.detail.get("EndpointConfigName") == config
        and event.arn.endswith(f"endpoint-config/{config}")
    ]
    assert kinds == ["SageMaker Endpoint Config State Change"] * 2
    (made,) = [e.detail for e in local.events if e.kind == "SageMaker Model State Change"
               and e.detail["ModelName"] == model]  # fmt: skip
    assert made["PrimaryContainer"]["ModelDataUrl"]


def test_alarm_rolls_back_to_the_old_config_and_says_why(
    local: LocalSageMaker, endpoint: str, model: str, alarm: str
) -> None:
    before = local.sagemaker.describe_endpoint(EndpointName=endpoint)["EndpointConfigName"]
    deployment = watched(blue_green("CANARY", 3600, CanarySize=percent(50)), alarm)
    update(local, endpoint, model, deployment)
    wait_for_stage(local, endpoint, "Baking")
    local.cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="errors")
    rolled_back = wait_for_endpoint(local, endpoint)
    assert rolled_back["EndpointStatus"] == "InService"
    assert rolled_back["EndpointConfigName"] == before
    assert (
        f"in state ALARM with 50% of the traffic on the new fleet: {alarm}"
        in (rolled_back["FailureReason"])
    )
    assert {answering(local, endpoint) for _ in range(10)} == {"Old"}
    statuses = [event.detail["EndpointStatus"] for event in local.events
                if event.kind == "SageMaker Endpoint State Change"
                and event.detail["EndpointName"] == endpoint]  # fmt: skip
    assert statuses[-3:] == ["UPDATING", "ROLLING_BACK", "IN_SERVICE"]


def test_alarm_before_the_deployment_aborts_it(
    local: LocalSageMaker, endpoint: str, model: str, alarm: str
) -> None:
    local.cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="errors")
    update(local, endpoint, model, watched(blue_green("ALL_AT_ONCE", 10), alarm))
    rolled_back = wait_for_endpoint(local, endpoint)
    assert "in state ALARM before the deployment" in rolled_back["FailureReason"]


def test_alarm_while_the_old_fleet_waits_rolls_back_too(
    local: LocalSageMaker, endpoint: str, model: str, alarm: str
) -> None:
    deployment = watched(blue_green("ALL_AT_ONCE", 0, termination=3600), alarm)
    update(local, endpoint, model, deployment)
    wait_until(
        lambda: {"variant": answering(local, endpoint)}, lambda seen: seen["variant"] == "New"
    )
    local.cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="errors")
    assert "waited for its termination" in wait_for_endpoint(local, endpoint)["FailureReason"]
    assert answering(local, endpoint) == "Old"


def test_rolling_update_ends_on_the_new_config(
    local: LocalSageMaker, endpoint: str, model: str, alarm: str
) -> None:
    rolling = {"MaximumBatchSize": percent(50), "WaitIntervalInSeconds": 10}
    config = update(local, endpoint, model, watched({"RollingUpdatePolicy": rolling}, alarm))
    assert wait_for_endpoint(local, endpoint)["EndpointConfigName"] == config


def test_broken_model_rolls_back_before_any_traffic(local: LocalSageMaker, endpoint: str) -> None:
    broken = create_model(local, broken_model_data(local))
    update(local, endpoint, broken, blue_green("CANARY", 600, CanarySize=percent(50)))
    seen = set()
    while (described := local.sagemaker.describe_endpoint(EndpointName=endpoint))[
        "EndpointStatus"
    ] != "InService":
        seen.add(answering(local, endpoint))
    assert seen <= {"Old"}
    assert "Failed to load the model data" in described["FailureReason"]


def test_capacity_set_by_autoscaling_is_retained_when_asked(
    local: LocalSageMaker, endpoint: str, model: str
) -> None:
    wanted = {"VariantName": "Old", "DesiredInstanceCount": 5, "DesiredWeight": 3.0}
    local.sagemaker.update_endpoint_weights_and_capacities(
        EndpointName=endpoint, DesiredWeightsAndCapacities=[wanted]
    )
    counts = {}
    for retained in (True, False):
        config = create_config(local, fleet(model, "Old"))
        local.sagemaker.update_endpoint(
            EndpointName=endpoint,
            EndpointConfigName=config,
            RetainAllVariantProperties=retained,
            ExcludeRetainedVariantProperties=[{"VariantPropertyType": "DesiredWeight"}],
        )
        (summary,) = wait_for_endpoint(local, endpoint)["ProductionVariants"]
        counts[retained] = summary["DesiredInstanceCount"], summary["CurrentWeight"]
    assert counts == {True: (5, 1.0), False: (2, 1.0)}


def test_data_capture_stays_as_it_was_where_variant_properties_are_retained(
    local: LocalSageMaker, endpoint: str, model: str
) -> None:
    capture = {
        "EnableCapture": True, "InitialSamplingPercentage": 100,
        "DestinationS3Uri": f"s3://{BUCKET}/capture/", "CaptureOptions": [{"CaptureMode": "Input"}],
    }  # fmt: skip
    captures = {}
    for retained in (True, False):
        config = create_config(local, fleet(model, "Old"), DataCaptureConfig=capture)
        local.sagemaker.update_endpoint(
            EndpointName=endpoint, EndpointConfigName=config, RetainAllVariantProperties=retained
        )
        captures[retained] = "DataCaptureConfig" in wait_for_endpoint(local, endpoint)
    assert captures == {True: False, False: True}


REFUSALS: dict[str, tuple[dict[str, Any], str]] = {
    "canary without its size": (blue_green("CANARY", 10), "CANARY needs CanarySize"),
    "steps for all at once": (
        blue_green("ALL_AT_ONCE", 10, LinearStepSize=percent(20)),
        "ALL_AT_ONCE takes no LinearStepSize",
    ),
    "canary of most instances": (
        blue_green("CANARY", 10, CanarySize=percent(60)),
        "CanarySize must be at most 50% of the variant's total instance count",
    ),
    "step of every instance": (
        blue_green("LINEAR", 10, LinearStepSize={"Type": "INSTANCE_COUNT", "Value": 2}),
        "LinearStepSize must be 10% to 50%",
    ),
    "alarm that does not exist": (
        watched(blue_green("ALL_AT_ONCE", 10), "nobodys-alarm"),
        "Could not find CloudWatch alarms nobodys-alarm",
    ),
    "limit below the waits": (
        {
            "BlueGreenUpdatePolicy": {
                "TrafficRoutingConfiguration": {
                    "Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 600
                },
                "TerminationWaitInSeconds": 600,
                "MaximumExecutionTimeoutInSeconds": 1200,
            }
        },
        "must be larger than the total",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("deployment", "text"), REFUSALS.values(), ids=REFUSALS.keys())
def test_deployment_that_cannot_work_is_refused(
    local: LocalSageMaker, endpoint: str, model: str, deployment: dict[str, Any], text: str
) -> None:
    config = create_config(local, fleet(model, "New"))
    request = {
        "EndpointName": endpoint, "EndpointConfigName": config, "DeploymentConfig": deployment
    }  # fmt: skip
    code, message = refusal(local.sagemaker.update_endpoint, request)
    assert code == "ValidationException"
    assert text in message


def test_single_instance_and_serverless_take_no_canary(local: LocalSageMaker, model: str) -> None:
    serverless = {"MemorySizeInMB": 2048, "MaxConcurrency": 5}
    variants = {
        "two instances and more": variant(model),
        "does not cover serverless variants": {
            "VariantName": "v", "ModelName": model, "ServerlessConfig": serverless
        },
    }  # fmt: skip
    for text, each in variants.items():
        request = {
            "EndpointName": new_name("endpoint"),
            "EndpointConfigName": create_config(local, each),
            "DeploymentConfig": blue_green("CANARY", 10, CanarySize=percent(50)),
        }
        assert text in refusal(local.sagemaker.create_endpoint, request)[1]


def test_endpoint_with_instances_does_not_become_serverless(
    local: LocalSageMaker, model: str, endpoint: str
) -> None:
    serverless = {
        "VariantName": "v", "ModelName": model,
        "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5},
    }  # fmt: skip
    request = {"EndpointName": endpoint, "EndpointConfigName": create_config(local, serverless)}
    assert (
        "cannot be updated to a serverless" in refusal(local.sagemaker.update_endpoint, request)[1]
    )


def test_invocations_are_counted(local: LocalSageMaker, endpoint: str) -> None:
    config = local.sagemaker.describe_endpoint(EndpointName=endpoint)["EndpointConfigName"]
    answering(local, endpoint)
    with pytest.raises(local.runtime.exceptions.ModelError):
        local.runtime.invoke_endpoint(EndpointName=endpoint, Body=b"x", ContentType="image/png")
    dimensions = [
        {"Name": "EndpointName", "Value": endpoint},
        {"Name": "VariantName", "Value": "Old"},
        {"Name": "EndpointConfigName", "Value": config},
    ]
    now = time.time()

    def total(metric: str, statistic: str = "Sum") -> float:
        points = local.cloudwatch.get_metric_statistics(
            Namespace="AWS/SageMaker", MetricName=metric, Dimensions=dimensions, Period=600,
            StartTime=now - 300, EndTime=now + 300, Statistics=[statistic],
        )["Datapoints"]  # fmt: skip
        return float(points[0][statistic]) if points else 0.0

    wait_until(lambda: {"Invocations": total("Invocations")}, lambda seen: seen["Invocations"] == 2)
    assert total("Invocation4XXErrors") == 1
    assert total("Invocation5XXErrors") == 0
    assert total("ModelLatency", "Average") > 100


def test_requests_and_answers_are_captured(local: LocalSageMaker, model: str) -> None:
    name, config = new_name("endpoint"), new_name("config")
    local.sagemaker.create_endpoint_config(
        EndpointConfigName=config,
        ProductionVariants=[variant(model)],
        DataCaptureConfig={
            "InitialSamplingPercentage": 100,
            "DestinationS3Uri": f"s3://{BUCKET}/captured",
            "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
            "CaptureContentTypeHeader": {"CsvContentTypes": ["text/csv"]},
        },
    )
    local.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=config)
    described = wait_for_endpoint(local, name)
    assert described["DataCaptureConfig"]["CaptureStatus"] == "Started"
    answering(local, name)
    prefix = f"captured/{name}/AllTraffic/{time.strftime('%Y/%m/%d', time.gmtime())}/"
    listed = wait_until(
        lambda: local.s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix),
        lambda listed: "Contents" in listed,
    )
    key = listed["Contents"][0]["Key"]
    assert key.endswith(".jsonl")
    body = local.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    captured = json.loads(body.splitlines()[0])
    given, answered = (captured["captureData"][f"endpoint{side}"] for side in ("Input", "Output"))
    assert given == {
        "observedContentType": "text/csv", "mode": "INPUT", "data": "0.9,0.5\n", "encoding": "CSV"
    }  # fmt: skip
    assert float(answered["data"]) > 0.5
    assert captured["eventVersion"] == "0"
