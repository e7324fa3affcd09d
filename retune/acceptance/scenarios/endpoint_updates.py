"""Updates of an endpoint that SageMaker refuses, rolls back, or tells of at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retune.acceptance.hosting import create_config, create_model, settled
from retune.acceptance.scenario import Bound, Observation, Scenario, equals, refusal
from retune.acceptance.search import finished_job
from retune.acceptance.stage import INSTANCE, Stage

_INVALID = "ValidationException"
_WAIT = {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 600}
_HALF = {"Type": "CAPACITY_PERCENT", "Value": 50}
_CANARY = {"Type": "CANARY", "WaitIntervalInSeconds": 60, "CanarySize": _HALF}
_LINEAR = {"Type": "LINEAR", "WaitIntervalInSeconds": 60, "LinearStepSize": _HALF}
_ROLLING = {"RollingUpdatePolicy": {"MaximumBatchSize": _HALF, "WaitIntervalInSeconds": 60}}
_SERVERLESS = {"ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 1}}


def play(stage: Stage) -> Iterator[Observation]:
    sagemaker, name = stage.client("sagemaker"), stage.name("updates")
    model = create_model(stage, _artefact(stage))
    first, second = create_config(stage, model), create_config(stage, model)
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=first)
    settled(stage, name)
    for steps in (_blue_green(_CANARY), _blue_green(_LINEAR), {"DeploymentConfig": _ROLLING}):
        said = _refused(stage, name, second, steps)
        yield refusal("rollouts-of-one-instance", _INVALID, "instance", said)
    serverless = create_config(stage, model, _SERVERLESS)
    yield from _of_serverless(stage, serverless, first)
    said = _refused(stage, name, serverless)
    yield refusal("instances-to-serverless", _INVALID, "serverless", said)
    yield from _while_it_is_updated(stage, name, first, second)
    broken = create_config(stage, create_model(stage, stage.upload("acceptance/none.tar.gz", b"")))
    sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=broken)
    yield _is_back("rolled-back-update", settled(stage, name), second)
    yield from _capture(stage, name, model, second)
    yield from _by_an_alarm(stage, name, first, second)
    sagemaker.delete_endpoint_config(EndpointConfigName=second)
    weights = [{"VariantName": "AllTraffic", "DesiredWeight": 1}]
    said = stage.refused(
        "sagemaker",
        "update_endpoint_weights_and_capacities",
        EndpointName=name,
        DesiredWeightsAndCapacities=weights,
    )
    yield refusal("config-deleted-under-endpoint", _INVALID, "endpoint configuration", said)
    sagemaker.delete_endpoint(EndpointName=name)


def _artefact(stage: Stage) -> str:
    """Of a training job that Retune has run."""
    sagemaker = stage.client("sagemaker")
    best = sagemaker.describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=finished_job(stage)
    )["BestTrainingJob"]["TrainingJobName"]
    found = sagemaker.describe_training_job(TrainingJobName=best)
    return str(found["ModelArtifacts"]["S3ModelArtifacts"])


def _blue_green(routing: dict[str, Any], **more: Any) -> dict[str, Any]:
    policy = {"TrafficRoutingConfiguration": routing}
    return {"DeploymentConfig": {"BlueGreenUpdatePolicy": policy, **more}}


def _refused(stage: Stage, name: str, config: str, more: dict[str, Any] | None = None) -> str:
    request = {"EndpointName": name, "EndpointConfigName": config, **(more or {})}
    said = stage.refused("sagemaker", "update_endpoint", **request)
    settled(stage, name)
    return said


def _while_it_is_updated(stage: Stage, name: str, first: str, second: str) -> Iterator[Observation]:
    sagemaker = stage.client("sagemaker")
    slowly = _blue_green(_WAIT)
    sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=second, **slowly)
    status = sagemaker.describe_endpoint(EndpointName=name)["EndpointStatus"]
    yield equals("update-is-seen-at-once", "Updating", status)
    target = {"EndpointName": name, "EndpointConfigName": first}
    said = stage.refused("sagemaker", "update_endpoint", **target)
    yield refusal("words-for-conflicts", _INVALID, "Cannot update in-progress endpoint", said)
    said = stage.refused("sagemaker", "create_endpoint", **target)
    yield refusal("words-for-conflicts", _INVALID, "already existing", said)
    settled(stage, name)


def _of_serverless(stage: Stage, serverless: str, instances: str) -> Iterator[Observation]:
    """An endpoint that no rollout may have, and that then turns to instances."""
    sagemaker, name = stage.client("sagemaker"), stage.name("serverless")
    request = {"EndpointName": name, "EndpointConfigName": serverless}
    said = stage.refused("sagemaker", "create_endpoint", **request, **_blue_green(_WAIT))
    yield refusal("rollouts-of-one-instance", _INVALID, "serverless", said)
    if said:
        sagemaker.create_endpoint(**request)
    settled(stage, name)
    yield _retained(stage, name, instances)
    sagemaker.delete_endpoint(EndpointName=name)


def _retained(stage: Stage, name: str, config: str) -> Observation:
    """An update that keeps what the variants have by now."""
    request = {"EndpointName": name, "EndpointConfigName": config}
    said = stage.refused("sagemaker", "update_endpoint", **request, RetainAllVariantProperties=True)
    found = settled(stage, name)
    if said:
        return equals("retained-properties", "accepted", said)
    return _is_back("retained-properties", found, config)


def _capture(stage: Stage, name: str, model: str, back: str) -> Iterator[Observation]:
    """Whether an update that retains all turns data capture on; then it goes back."""
    sagemaker = stage.client("sagemaker")
    capture = {
        "EnableCapture": True,
        "InitialSamplingPercentage": 10,
        "DestinationS3Uri": f"s3://{stage.stack.bucket}/capture/",
        "CaptureOptions": [{"CaptureMode": "Input"}],
    }
    captures = create_config(stage, model, DataCaptureConfig=capture)
    yield _retained(stage, name, captures)
    found = sagemaker.describe_endpoint(EndpointName=name).get("DataCaptureConfig", {})
    sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=back)
    settled(stage, name)
    yield equals("retained-data-capture", False, bool(found.get("EnableCapture")))


def _by_an_alarm(stage: Stage, name: str, first: str, second: str) -> Iterator[Observation]:
    """An alarm that the stack's role may read goes off while the new fleet is watched."""
    cloudwatch = stage.client("cloudwatch")
    alarm = f"{name}-alarm"
    cloudwatch.put_metric_alarm(
        AlarmName=alarm,
        Namespace="AWS/SageMaker",
        MetricName="Invocation5XXErrors",
        Dimensions=[{"Name": "EndpointName", "Value": name}],
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1e6,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="ignore",
    )
    watched = _blue_green(_WAIT, AutoRollbackConfiguration={"Alarms": [{"AlarmName": alarm}]})
    request = {"EndpointName": name, "EndpointConfigName": first, **watched}
    said = stage.refused("sagemaker", "update_endpoint", **request)
    yield equals("alarms-of-an-update", "accepted", said or "accepted")
    cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="On purpose")
    found = settled(stage, name)
    cloudwatch.delete_alarms(AlarmNames=[alarm])
    yield _is_back("rolled-back-by-alarm", found, second)
    reason = found.get("FailureReason", "no reason")
    yield Observation("rolled-back-by-alarm", f"… {alarm} …", reason, alarm in reason)


def _is_back(claim: str, found: dict[str, Any], config: str) -> Observation:
    seen = f"{found['EndpointStatus']} on {found['EndpointConfigName']}"
    return equals(claim, f"InService on {config}", seen)


SCENARIO = Scenario(
    name="endpoint-updates",
    about="updates of an endpoint that SageMaker refuses or rolls back",
    claims=(
        "rollouts-of-one-instance",
        "instances-to-serverless",
        "update-is-seen-at-once",
        "words-for-conflicts",
        "rolled-back-update",
        "retained-properties",
        "retained-data-capture",
        "alarms-of-an-update",
        "rolled-back-by-alarm",
        "config-deleted-under-endpoint",
    ),
    minutes=150,
    play=play,
    bounds=(Bound("Training", INSTANCE, 0.75), Bound("Hosting", INSTANCE, 5)),
)
