"""Tuned and approved in one account, deployed in another: two local AWS and a file between."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

from tests.end_to_end.conftest import (
    Deployment,
    deploy,
    environment_of,
    outputs_of,
)
from tests.end_to_end.rollout import serving, tiny

ENDPOINT, PRODUCTION = "retune-carried", "222222222222"


@pytest.fixture(scope="module")
def package(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a model that was tuned, approved and deployed in the first account."""
    file: Path = tmp_path_factory.mktemp("carried") / "carried.zip"
    ended = deployment.run(tiny(ENDPOINT))
    assert ended["status"] == "SUCCEEDED", ended
    assert deployment.retune("package", ENDPOINT, "--to", str(file)).stdout == f"{file}\n"
    return file


@pytest.fixture(scope="module")
def production(
    cloud_assembly: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    """The same app in another account, in which nothing was ever tuned."""
    folder = tmp_path_factory.mktemp("production")
    with pytest.MonkeyPatch.context() as account:
        account.setenv("MOTO_ACCOUNT_ID", PRODUCTION)
        server = background.start(free_port(), folder / "aws", wait_scale=0.01)
    try:
        there = LocalAws(server)
        deploy(there, cloud_assembly, PRODUCTION)
        yield Deployment(there.client, environment_of(there), outputs_of(there.client), folder)
    finally:
        background.stop(folder / "aws")


@dataclass(frozen=True)
class Imported:
    """The execution of the other account, and its model package."""

    output: dict[str, Any]
    package: dict[str, Any]


@pytest.fixture(scope="module")
def imported(production: Deployment, package: Path) -> Imported:
    given = ("import", str(package), "--endpoint-name", ENDPOINT, "--watch")
    execution = production.retune(*given).stdout.splitlines()[0]
    ended = production.finish(execution)
    assert ended["status"] == "SUCCEEDED", ended
    output = json.loads(ended["output"])
    arn = output["ModelPackageArn"]
    described = production.client("sagemaker").describe_model_package(ModelPackageName=arn)
    return Imported(output, described)


def test_the_proven_model_serves_in_the_other_account(
    deployment: Deployment, production: Deployment, imported: Imported
) -> None:
    assert imported.output["Outcome"] == "Imported"
    assert serving(production, ENDPOINT) == imported.output["ModelName"]
    assert answer(production) == answer(deployment)


def test_its_package_tells_where_it_was_tuned(imported: Imported) -> None:
    assert f":{PRODUCTION}:model-package/retune/" in imported.package["ModelPackageArn"]
    assert imported.package["ModelApprovalStatus"] == "Approved"
    properties = imported.package["CustomerMetadataProperties"]
    assert properties["ImportedFrom"] == imported.output["ImportedFrom"]
    assert ":123456789012:model-package/retune/" in properties["ImportedFrom"]


def test_nothing_was_trained_there_and_nothing_is_read_from_the_first_account(
    deployment: Deployment, production: Deployment, imported: Imported
) -> None:
    sagemaker = production.client("sagemaker")
    assert sagemaker.list_training_jobs()["TrainingJobSummaries"] == []
    model = sagemaker.describe_model(ModelName=imported.output["ModelName"])
    own = production.outputs["DataBucketName"]
    assert model["PrimaryContainer"]["ModelDataUrl"].startswith(f"s3://{own}/runs/")
    assert own != deployment.outputs["DataBucketName"]


def test_tampered_artefact_is_refused_and_nothing_of_it_stays(
    production: Deployment, package: Path, imported: Imported
) -> None:
    bucket, s3 = production.outputs["DataBucketName"], production.client("s3")
    folder = "runs/tampered/import/"
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            s3.put_object(Bucket=bucket, Key=folder + name, Body=archive.read(name))
    s3.put_object(Bucket=bucket, Key=f"{folder}model.tar.gz", Body=b"other")
    asked = {**tiny(ENDPOINT), "Import": {"S3Uri": f"s3://{bucket}/{folder}"}}
    started = production.client("stepfunctions").start_execution(
        stateMachineArn=production.outputs["StateMachineArn"],
        name="tampered",
        input=json.dumps(asked),
    )
    ended = production.finish(started["executionArn"])
    assert ended["error"] == "InputRefused", ended
    assert "model.tar.gz is not the one that was approved" in ended["cause"]
    assert f"Deleted {folder}model.tar.gz" in ended["cause"]
    assert s3.list_objects_v2(Bucket=bucket, Prefix=folder)["KeyCount"] == 0
    assert serving(production, ENDPOINT) == imported.output["ModelName"]


def test_another_one_takes_its_place_and_it_comes_back(
    production: Deployment, package: Path, imported: Imported
) -> None:
    production.retune("import", str(package), "--endpoint-name", ENDPOINT, "--watch")
    assert serving(production, ENDPOINT) != imported.output["ModelName"]
    production.retune("rollback", ENDPOINT, "--watch")
    assert serving(production, ENDPOINT) == imported.output["ModelName"]


def answer(deployment: Deployment) -> bytes:
    answered = deployment.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=ENDPOINT, ContentType="text/csv", Body="0.1,0.2,0.3,0.4"
    )
    body: bytes = answered["Body"].read()
    return body
