"""An image of another region, without a registry or with a tag that was never published."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.refusal import refusal
from tests.local_sagemaker.processing import processing_request
from tests.local_sagemaker.server import (
    ROLE,
    LocalSageMaker,
    new_name,
    training_request,
    tuning_request,
)

REGISTRY = "683313688378.dkr.ecr.us-east-1.amazonaws.com"
ELSEWHERE = "246618743249.dkr.ecr.us-west-2.amazonaws.com/sagemaker-xgboost:1.7-1"
ABSENT = f"{REGISTRY}/sagemaker-xgboost:1.7-2"
NAMELESS = "sagemaker-xgboost:1.7-1"
STRANGER = "111111111111.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"

TRAINING = {
    ELSEWHERE: "Invalid DNS suffix 'amazonaws.com' for region 'us-west-2' in training image. "
    "Please provide the valid <region>.<dns-suffix>: 'us-east-1.amazonaws.com'",
    ABSENT: f"Cannot find the requested image: {ABSENT} with tag: 1.7-2 and digest: null.",
    NAMELESS: "Invalid training image. Please provide a valid Amazon Elastic Container Registry "
    "path of the Docker image to run.",
    STRANGER: "is no image of SageMaker's, which has sagemaker-xgboost of us-east-1 in the "
    "registry of account 683313688378: it needs Docker",
}
SERVING = {
    ELSEWHERE: f'Region of "{ELSEWHERE}" does not match expected region of us-east-1. Cross region '
    "ECR image pulls are not allowed.",
    ABSENT: f"Requested image {ABSENT} not found.",
    NAMELESS: f'Using non-ECR image "{NAMELESS}" without Vpc repository access mode is not '
    "supported.",
    STRANGER: "it needs Docker",
}
PROCESSING = {
    ELSEWHERE: f"Invalid region us-west-2 in image URI {ELSEWHERE}. Please provide an image URI in "
    "region us-east-1.",
    ABSENT: f"Requested image {ABSENT} not found.",
    NAMELESS: "Please provide a valid Amazon Elastic Container Registry path",
    STRANGER: "it needs Docker",
}


def refused(operation: Any, request: dict[str, Any], words: str) -> None:
    code, message = refusal(operation, request)
    assert code == "ValidationException"
    assert words in message


@pytest.fixture(autouse=True)
def no_docker(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.parametrize("image", TRAINING)
def test_training_job_of_such_an_image_is_refused(local: LocalSageMaker, image: str) -> None:
    request = training_request(new_name("image"))
    request["AlgorithmSpecification"]["TrainingImage"] = image
    refused(local.sagemaker.create_training_job, request, TRAINING[image])


@pytest.mark.parametrize("image", TRAINING)
def test_so_is_a_tuning_job(local: LocalSageMaker, image: str) -> None:
    request = tuning_request(new_name("image"))
    request["TrainingJobDefinition"]["AlgorithmSpecification"]["TrainingImage"] = image
    refused(local.sagemaker.create_hyper_parameter_tuning_job, request, TRAINING[image])


@pytest.mark.parametrize("image", SERVING)
def test_so_is_a_model(local: LocalSageMaker, image: str) -> None:
    request = {
        "ModelName": new_name("image"),
        "ExecutionRoleArn": ROLE,
        "PrimaryContainer": {"Image": image, "ModelDataUrl": "s3://bucket/model.tar.gz"},
    }
    refused(local.sagemaker.create_model, request, SERVING[image])


@pytest.mark.parametrize("image", PROCESSING)
def test_so_is_a_processing_job(local: LocalSageMaker, image: str) -> None:
    request = processing_request(new_name("image"))
    request["AppSpecification"]["ImageUri"] = image
    refused(local.sagemaker.create_processing_job, request, PROCESSING[image])


@pytest.mark.parametrize("tag", ["0.90-2", "1.0-1-cpu-py3", "1.2-2", "3.2-0"])
def test_tags_that_were_published_are_taken(local: LocalSageMaker, tag: str) -> None:
    request = training_request(new_name("image"))
    request["AlgorithmSpecification"]["TrainingImage"] = f"{REGISTRY}/sagemaker-xgboost:{tag}"
    local.sagemaker.create_training_job(**request)
