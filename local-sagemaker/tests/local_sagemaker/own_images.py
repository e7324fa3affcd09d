"""Images of one's own, run by a stand-in for Docker, or by Docker itself.

With DOCKER_TEST_BASE, the name of an image with python3 (`make test-docker`), the Docker engine of
this machine runs an image that is built upon it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.local_sagemaker.server import LocalSageMaker, training_request, tuning_request
from tests.local_sagemaker.waiting import log_lines, wait_for_training

REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
IMAGE = f"{REGISTRY}/slope:2"
ABSENT_IMAGE = f"{REGISTRY}/absent:1"
METRICS = [{"Name": "score", "Regex": "score=([0-9.]+);"}]
BASE = os.environ.get("DOCKER_TEST_BASE")
HERE = Path(__file__).parent


def docker_command(directory: Path) -> dict[str, str]:
    """A `docker` command that notes its calls in a directory; the variables that it needs."""
    command = directory / "docker"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} {HERE / "fake_docker.py"} "$@"\n')
    command.chmod(0o755)
    shutil.copy(HERE / "own_image.py", directory / "program.py")
    variables = {"PATH": f"{directory}:{os.environ['PATH']}", "FAKE_DOCKER": str(directory)}
    if BASE is None:
        return variables
    real = shutil.which("docker")
    assert real is not None, "DOCKER_TEST_BASE needs a docker command"
    build_image(directory)
    return variables | {"REAL_DOCKER": real}


def build_image(directory: Path) -> None:
    (directory / "Dockerfile").write_text(
        f'FROM {BASE}\nCOPY program.py /\nENTRYPOINT ["python3", "/program.py"]\n'
    )
    build = ["docker", "build", "--quiet", "--tag", IMAGE, str(directory)]
    subprocess.run(build, check=True)


def calls(docker: Path, command: str) -> list[list[str]]:
    """The arguments of each call of a docker command."""
    notes = (docker / "calls.jsonl").read_text().splitlines()
    return [call for line in notes if (call := json.loads(line))[0] == command]


def lines(local: LocalSageMaker, name: str) -> list[str]:
    return log_lines(local, "/aws/sagemaker/TrainingJobs", name)


def own_training(name: str, **hyperparameters: str) -> dict[str, Any]:
    request = training_request(name, {"slope": "0.3"} | hyperparameters)
    request["AlgorithmSpecification"] |= {"TrainingImage": IMAGE, "MetricDefinitions": METRICS}
    return request


def own_tuning(name: str) -> dict[str, Any]:
    request = tuning_request(name, jobs=2, parallel=1, static={})
    specification = request["TrainingJobDefinition"]["AlgorithmSpecification"]
    specification |= {"TrainingImage": IMAGE, "MetricDefinitions": METRICS}
    config = request["HyperParameterTuningJobConfig"]
    config["HyperParameterTuningJobObjective"]["MetricName"] = "score"
    config["ParameterRanges"] = {
        "ContinuousParameterRanges": [{"Name": "slope", "MinValue": "0", "MaxValue": "1"}]
    }
    return request


def train(local: LocalSageMaker, request: dict[str, Any]) -> dict[str, Any]:
    local.sagemaker.create_training_job(**request)
    return wait_for_training(local, request["TrainingJobName"])


def serve(
    local: LocalSageMaker, name: str, model_data: str, *, image: str = IMAGE, **environment: str
) -> None:
    """Start an endpoint of an image's own model."""
    container = {"Image": image, "ModelDataUrl": model_data, "Environment": environment}
    local.sagemaker.create_model(ModelName=name, PrimaryContainer=container)
    variant = {"VariantName": "all", "ModelName": name, "InitialInstanceCount": 1}
    local.sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[variant | {"InstanceType": "ml.m5.large"}]
    )
    local.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
