"""Images of one's own and script mode: run by Docker where it is, refused where it is not.

There is no Docker engine here: a `docker` command of the tests stands for it (fake_docker.py).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.contract.refusal import refusal
from tests.local_sagemaker.server import (
    HYPERPARAMETERS,
    LocalSageMaker,
    new_name,
    training_request,
    tuning_request,
)
from tests.local_sagemaker.waiting import (
    log_lines,
    wait_for_endpoint,
    wait_for_training,
    wait_for_tuning,
    wait_until,
)

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/slope:2"
METRICS = [{"Name": "score", "Regex": "score=([0-9.]+);"}]
HERE = Path(__file__).parent


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with the calls of the `docker` command that is now on PATH."""
    command = tmp_path / "docker"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} {HERE / "fake_docker.py"} "$@"\n')
    command.chmod(0o755)
    shutil.copy(HERE / "own_image.py", tmp_path / "program.py")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_DOCKER", str(tmp_path))
    return tmp_path


def calls(docker: Path, command: str) -> list[list[str]]:
    lines = (docker / "calls.jsonl").read_text().splitlines()
    return [call for line in lines if (call := json.loads(line))[0] == command]


def lines(local: LocalSageMaker, name: str) -> list[str]:
    return log_lines(local, "/aws/sagemaker/TrainingJobs", name)


def own_training(name: str, **hyperparameters: str) -> dict[str, Any]:
    request = training_request(name, {"slope": "0.3"} | hyperparameters)
    request["AlgorithmSpecification"] |= {"TrainingImage": IMAGE, "MetricDefinitions": METRICS}
    return request


def train(local: LocalSageMaker, request: dict[str, Any]) -> dict[str, Any]:
    local.sagemaker.create_training_job(**request)
    return wait_for_training(local, request["TrainingJobName"])


def test_image_of_ones_own_trains_with_its_metrics(local: LocalSageMaker, docker: Path) -> None:
    job = train(local, own_training(new_name("own")))
    assert job["TrainingJobStatus"] == "Completed", job
    assert {m["MetricName"]: m["Value"] for m in job["FinalMetricDataList"]} == {"score": 0.8}
    name = job["TrainingJobName"]
    assert f"read 200 rows as {name}" in lines(local, name)


def test_docker_is_asked_as_sagemaker_runs_an_image(local: LocalSageMaker, docker: Path) -> None:
    request = own_training(new_name("asked"))
    request["Environment"] = {"STAGE": "test"}
    train(local, request)
    (call,) = calls(docker, "run")
    volumes = [call[i + 1].split(":")[1] for i, word in enumerate(call) if word == "--volume"]
    assert call[-2:] == [IMAGE, "train"]
    assert volumes == ["/opt/ml/input", "/opt/ml/model", "/opt/ml/output"]
    assert call[call.index("--network") + 1] == "host"
    assert {"STAGE=test", "AWS_REGION=us-east-1"} <= set(call)


def test_isolated_training_job_has_no_network(local: LocalSageMaker, docker: Path) -> None:
    train(local, own_training(new_name("isolated")) | {"EnableNetworkIsolation": True})
    (call,) = calls(docker, "run")
    assert call[call.index("--network") + 1] == "none"


def test_failure_of_the_container_is_the_failure_reason(
    local: LocalSageMaker, docker: Path
) -> None:
    job = train(local, own_training(new_name("failing"), fail="true"))
    assert job["TrainingJobStatus"] == "Failed"
    assert job["FailureReason"] == "AlgorithmError: the slope is too steep, exit code: 1"


def test_stop_reaches_the_container(local: LocalSageMaker, docker: Path) -> None:
    name = new_name("stopped")
    local.sagemaker.create_training_job(**own_training(name, wait="true"))
    wait_until(lambda: {"Lines": lines(local, name)}, lambda seen: "waiting" in seen["Lines"])
    local.sagemaker.stop_training_job(TrainingJobName=name)
    assert wait_for_training(local, name)["TrainingJobStatus"] == "Stopped"
    assert "told to stop" in lines(local, name)


def test_image_of_ones_own_is_tuned_and_served(local: LocalSageMaker, docker: Path) -> None:
    request = tuning_request(new_name("own-tuning"), jobs=2, parallel=1, static={})
    specification = request["TrainingJobDefinition"]["AlgorithmSpecification"]
    specification |= {"TrainingImage": IMAGE, "MetricDefinitions": METRICS}
    config = request["HyperParameterTuningJobConfig"]
    config["HyperParameterTuningJobObjective"]["MetricName"] = "score"
    config["ParameterRanges"] = {
        "ContinuousParameterRanges": [{"Name": "slope", "MinValue": "0", "MaxValue": "1"}]
    }
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    best = wait_for_tuning(local, request["HyperParameterTuningJobName"])["BestTrainingJob"]
    name = best["TrainingJobName"]
    trained = local.sagemaker.describe_training_job(TrainingJobName=name)
    container = {"Image": IMAGE, "ModelDataUrl": trained["ModelArtifacts"]["S3ModelArtifacts"]}
    local.sagemaker.create_model(ModelName=name, PrimaryContainer=container)
    variant = {"VariantName": "all", "ModelName": name, "InitialInstanceCount": 1}
    local.sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[variant | {"InstanceType": "ml.m5.large"}]
    )
    local.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    assert wait_for_endpoint(local, name)["EndpointStatus"] == "InService"
    answer = local.runtime.invoke_endpoint(EndpointName=name, Body="2", ContentType="text/csv")
    local.sagemaker.delete_endpoint(EndpointName=name)
    slope = float(best["TunedHyperParameters"]["slope"])
    assert float(answer["Body"].read()) == pytest.approx(2 * slope)


def test_script_for_a_built_in_image_runs_in_docker(local: LocalSageMaker, docker: Path) -> None:
    script = {"sagemaker_program": "train.py", "slope": "0.1"}
    train(local, training_request(new_name("script"), HYPERPARAMETERS | script))
    assert calls(docker, "run")


def test_entrypoint_replaces_the_command(local: LocalSageMaker, docker: Path) -> None:
    request = own_training(new_name("entrypoint"))
    request["AlgorithmSpecification"] |= {
        "ContainerEntrypoint": ["/bin/bash", "run.sh"],
        "ContainerArguments": ["--fast"],
    }
    train(local, request)
    (call,) = calls(docker, "run")
    assert call[call.index("--entrypoint") + 1] == "/bin/bash"
    assert call[-3:] == [IMAGE, "run.sh", "--fast"]


def test_objective_of_ones_own_image_needs_a_metric_definition(
    local: LocalSageMaker, docker: Path
) -> None:
    request = tuning_request(new_name("no-metric"))
    specification = request["TrainingJobDefinition"]["AlgorithmSpecification"]
    specification["TrainingImage"] = IMAGE
    _, message = refusal(local.sagemaker.create_hyper_parameter_tuning_job, request)
    assert message.startswith("A metric is required for this hyperparameter tuning job objective.")


def test_metric_definition_needs_a_regular_expression_with_a_group(
    local: LocalSageMaker, docker: Path
) -> None:
    request = own_training(new_name("no-group"))
    request["AlgorithmSpecification"]["MetricDefinitions"] = [{"Name": "score", "Regex": "score"}]
    _, message = refusal(local.sagemaker.create_training_job, request)
    assert "needs a group in parentheses" in message


@pytest.mark.parametrize(
    "request_",
    [
        own_training("refused"),
        training_request("refused", HYPERPARAMETERS | {"sagemaker_program": "train.py"}),
    ],
    ids=["own image", "script mode"],
)
def test_without_docker_the_training_job_is_refused_with_what_to_do(
    local: LocalSageMaker, request_: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    code, message = refusal(local.sagemaker.create_training_job, request_)
    assert code == "ValidationException"
    assert "needs Docker, and there is no docker command. Install and start Docker" in message
