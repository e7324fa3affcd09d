"""Images of one's own: run by Docker where it is, refused where it is not (own_images.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.process import lifeline

from tests.contract.refusal import refusal
from tests.local_sagemaker.own_images import (
    ABSENT_IMAGE,
    BASE,
    IMAGE,
    REGISTRY,
    calls,
    lines,
    own_training,
    own_tuning,
    serve,
    train,
)
from tests.local_sagemaker.server import (
    LocalSageMaker,
    new_name,
    training_request,
    tuning_request,
)
from tests.local_sagemaker.waiting import (
    wait_for_endpoint,
    wait_for_training,
    wait_for_tuning,
    wait_until,
)


def test_image_of_ones_own_trains_with_its_metrics(local: LocalSageMaker, docker: Path) -> None:
    job = train(local, own_training(new_name("own")))
    assert job["TrainingJobStatus"] == "Completed", job
    assert {m["MetricName"]: m["Value"] for m in job["FinalMetricDataList"]} == {"score": 0.8}
    name = job["TrainingJobName"]
    assert f"read 200 rows as {name}" in lines(local, name)


def test_container_is_told_its_instance_group(local: LocalSageMaker, docker: Path) -> None:
    name = new_name("group")
    train(local, own_training(name))
    assert "hosts: {'homogeneousCluster': ['ml.m5.large', 'algo-1']}" in lines(local, name)


def test_docker_is_asked_as_sagemaker_runs_an_image(local: LocalSageMaker, docker: Path) -> None:
    request = own_training(new_name("asked"))
    request["Environment"] = {"STAGE": "test"}
    train(local, request)
    call, *_ = calls(docker, "run")
    volumes = [call[i + 1].split(":")[1] for i, word in enumerate(call) if word == "--volume"]
    assert call[-2:] == [IMAGE, "train"]
    assert volumes == ["/opt/ml/input", "/opt/ml/model", "/opt/ml/output"]
    assert call[call.index("--network") + 1] == "host"
    assert call[call.index("--add-host") + 1] == "algo-1:127.0.0.1"
    assert not Path(call[call.index("--env-file") + 1]).exists()


SHOWN = "STAGE HOME NOTES"


def test_variables_reach_the_container_and_no_command_line(
    local: LocalSageMaker, docker: Path
) -> None:
    name = new_name("variables")
    request = own_training(name, show=SHOWN)
    several = {"NOTES": "first\nsecond\n", "DOCKER_HOST": "tcp://elsewhere\n", "PATH": "/a\r"}
    request["Environment"] = {"STAGE": "a secret = 'of' #one", "HOME": "/root", **several}
    job = train(local, request)
    assert job["TrainingJobStatus"] == "Completed", job
    printed = lines(local, name)
    given = request["Environment"]
    assert {f"{each}: {given[each]!r}" for each in SHOWN.split()} <= set(printed)
    assert "does not get DOCKER_HOST, PATH of its Environment" in printed[0]
    call, *_ = calls(docker, "run")
    assert not [word for word in call if "secret" in word or "first" in word]


def test_isolated_training_job_has_no_network(local: LocalSageMaker, docker: Path) -> None:
    train(local, own_training(new_name("isolated")) | {"EnableNetworkIsolation": True})
    call, *_ = calls(docker, "run")
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
    request = own_tuning(new_name("own-tuning"))
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    best = wait_for_tuning(local, request["HyperParameterTuningJobName"])["BestTrainingJob"]
    name = best["TrainingJobName"]
    trained = local.sagemaker.describe_training_job(TrainingJobName=name)
    serve(local, name, trained["ModelArtifacts"]["S3ModelArtifacts"])
    assert wait_for_endpoint(local, name)["EndpointStatus"] == "InService"
    answer = local.runtime.invoke_endpoint(EndpointName=name, Body="2", ContentType="text/csv")
    local.sagemaker.delete_endpoint(EndpointName=name)
    slope = float(best["TunedHyperParameters"]["slope"])
    assert float(answer["Body"].read().split()[0]) == pytest.approx(2 * slope)


def test_image_in_a_registry_of_the_account_is_no_built_in_one(
    local: LocalSageMaker, docker: Path
) -> None:
    request = own_training(new_name("mirrored"))
    request["AlgorithmSpecification"]["TrainingImage"] = f"{REGISTRY}/sagemaker-xgboost:3.0-5"
    train(local, request)
    assert calls(docker, "run")


@pytest.mark.parametrize("algorithm", ["knn", "object2vec", "image-classification"])
def test_built_in_algorithm_that_is_not_here_is_refused_by_name(
    local: LocalSageMaker, docker: Path, algorithm: str
) -> None:
    request = tuning_request(new_name("closed"))
    image = f"382416733822.dkr.ecr.us-east-1.amazonaws.com/{algorithm}:1"
    request["TrainingJobDefinition"]["AlgorithmSpecification"]["TrainingImage"] = image
    code, message = refusal(local.sagemaker.create_hyper_parameter_tuning_job, request)
    assert code == "ValidationException"
    assert message.startswith(f"'{image}' runs in an AWS account only: of SageMaker's built-in")


def test_training_job_says_that_its_image_cannot_be_pulled(
    local: LocalSageMaker, docker: Path
) -> None:
    request = own_training(new_name("absent"))
    request["AlgorithmSpecification"]["TrainingImage"] = ABSENT_IMAGE
    reason = train(local, request)["FailureReason"]
    assert reason.startswith("ClientError: Cannot pull algorithm container.")
    assert reason.endswith(f"`docker pull {ABSENT_IMAGE}` tells more")


def test_endpoint_says_that_its_image_cannot_be_pulled(local: LocalSageMaker, docker: Path) -> None:
    job = train(local, own_training(new_name("present")))
    name = new_name("absent")
    serve(local, name, job["ModelArtifacts"]["S3ModelArtifacts"], image=ABSENT_IMAGE)
    reason = wait_for_endpoint(local, name)["FailureReason"]
    assert "variant all: Cannot pull algorithm container." in reason


def test_container_goes_when_local_aws_does(docker: Path) -> None:
    """Also after kill -9: then nobody is left to end it."""
    name = "local-aws-orphan"
    (docker / "model").mkdir()
    run = ["--label", "local-aws", "--volume", f"{docker}/model:/opt/ml/model", IMAGE, "serve"]
    variables = docker / "variables"
    variables.touch(0o600)
    run = ["--env-file", str(variables), *run]
    program = "local_sagemaker.sagemaker.images.docker_run"
    command = [sys.executable, "-m", program, name, str(variables), *run]
    with lifeline.spawn(command, env=os.environ, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"serving\n"
        # Leaving the block closes the pipe, as the kernel does for a process that ends.
    assert calls(docker, "rm") == [["rm", "--force", name]]
    assert not variables.exists()


@pytest.mark.skipif(BASE is None or os.getuid() == 0, reason="needs Docker, and not to be root")
def test_what_a_container_writes_as_root_is_read_and_removed(
    local: LocalSageMaker, docker: Path
) -> None:
    job = train(local, own_training(new_name("secret"), secret="true"))
    assert job["TrainingJobStatus"] == "Completed", job


def test_entrypoint_replaces_the_command(local: LocalSageMaker, docker: Path) -> None:
    request = own_training(new_name("entrypoint"))
    request["AlgorithmSpecification"] |= {
        "ContainerEntrypoint": ["/bin/bash", "run.sh"],
        "ContainerArguments": ["--fast"],
    }
    train(local, request)
    call, *_ = calls(docker, "run")
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


def with_entrypoint(name: str) -> dict[str, Any]:
    """A job of a built-in image that is to start another program than its own."""
    request = training_request(name)
    request["AlgorithmSpecification"]["ContainerEntrypoint"] = ["/bin/bash", "train.sh"]
    return request


@pytest.mark.parametrize(
    ("operation", "request_"),
    [
        ("create_training_job", own_training("refused")),
        ("create_training_job", with_entrypoint("refused")),
        ("create_hyper_parameter_tuning_job", own_tuning("refused")),
        (
            "create_model",
            {
                "ModelName": "refused",
                "PrimaryContainer": {"Image": IMAGE, "ModelDataUrl": "s3://retune-data/model"},
            },
        ),
    ],
    ids=["training", "entrypoint", "tuning", "model"],
)
def test_without_docker_an_image_of_ones_own_is_refused_with_what_to_do(
    local: LocalSageMaker,
    operation: str,
    request_: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    code, message = refusal(getattr(local.sagemaker, operation), request_)
    assert code == "ValidationException"
    assert "needs Docker, and there is no docker command. Install and start Docker" in message
