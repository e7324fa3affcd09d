"""Script mode: an image, a built-in one too, is given code that lies in S3 (own_images.py)."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from tests.local_sagemaker.own_images import calls, lines, own_training, serve, train
from tests.local_sagemaker.server import (
    BUCKET,
    HYPERPARAMETERS,
    LocalSageMaker,
    new_name,
    training_request,
)
from tests.local_sagemaker.waiting import wait_for_endpoint, wait_until

SCRIPT = "print('hello')"
CODE = f"s3://{BUCKET}/code/sourcedir.tar.gz"
# The SageMaker SDKs write hyperparameters as JSON.
SCRIPT_MODE = {"sagemaker_program": '"train.py"', "sagemaker_submit_directory": f'"{CODE}"'}


@pytest.fixture(autouse=True)
def code(local: LocalSageMaker) -> None:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        member = tarfile.TarInfo("train.py")
        member.size = len(SCRIPT)
        tar.addfile(member, io.BytesIO(SCRIPT.encode()))
    local.s3.put_object(Bucket=BUCKET, Key="code/sourcedir.tar.gz", Body=archive.getvalue())


def test_script_for_a_built_in_image_runs_in_docker(local: LocalSageMaker, docker: Path) -> None:
    request = training_request(new_name("script"), HYPERPARAMETERS | SCRIPT_MODE)
    local.sagemaker.create_training_job(**request)
    wait_until(lambda: {"calls": calls(docker, "run")}, lambda seen: bool(seen["calls"]))


def test_training_container_has_the_code(local: LocalSageMaker, docker: Path) -> None:
    """It need not reach S3, which older images cannot: their boto3 knows no AWS_ENDPOINT_URL."""
    job = train(local, own_training(new_name("script"), **SCRIPT_MODE))
    assert f"code: {SCRIPT}" in lines(local, job["TrainingJobName"])
    assert job["HyperParameters"]["sagemaker_submit_directory"] == f'"{CODE}"'


def test_serving_container_has_the_code(local: LocalSageMaker, docker: Path) -> None:
    job = train(local, own_training(new_name("script")))
    name = new_name("script")
    serve(
        local,
        name,
        job["ModelArtifacts"]["S3ModelArtifacts"],
        SAGEMAKER_PROGRAM="train.py",
        SAGEMAKER_SUBMIT_DIRECTORY=CODE,
    )
    assert wait_for_endpoint(local, name)["EndpointStatus"] == "InService"
    answer = local.runtime.invoke_endpoint(EndpointName=name, Body="2", ContentType="text/csv")
    local.sagemaker.delete_endpoint(EndpointName=name)
    assert answer["Body"].read().decode().endswith(f"code: {SCRIPT}")


def test_isolated_container_has_no_code_from_s3(local: LocalSageMaker, docker: Path) -> None:
    request = own_training(new_name("isolated"), **SCRIPT_MODE) | {"EnableNetworkIsolation": True}
    job = train(local, request)
    assert "code: none" in lines(local, job["TrainingJobName"])


def test_code_in_the_image_is_left_to_it(local: LocalSageMaker, docker: Path) -> None:
    inside = {"sagemaker_submit_directory": '"/opt/ml/code"'}
    assert train(local, own_training(new_name("inside"), **inside))["TrainingJobStatus"] == (
        "Completed"
    )


@pytest.mark.parametrize("key", ["code/absent.tar.gz", "data/train/rows.csv"])
def test_code_that_cannot_be_read_is_named(local: LocalSageMaker, docker: Path, key: str) -> None:
    place = f"s3://{BUCKET}/{key}"
    job = train(local, own_training(new_name("no-code"), sagemaker_submit_directory=place))
    assert job["TrainingJobStatus"] == "Failed"
    assert job["FailureReason"].startswith(
        f"ClientError: The code at {place} (sagemaker_submit_directory) cannot be read"
    )


def test_endpoint_names_code_that_cannot_be_read(local: LocalSageMaker, docker: Path) -> None:
    job = train(local, own_training(new_name("script")))
    name = new_name("no-code")
    place = f"s3://{BUCKET}/code/absent.tar.gz"
    serve(local, name, job["ModelArtifacts"]["S3ModelArtifacts"], SAGEMAKER_SUBMIT_DIRECTORY=place)
    assert f"The code at {place}" in wait_for_endpoint(local, name)["FailureReason"]
