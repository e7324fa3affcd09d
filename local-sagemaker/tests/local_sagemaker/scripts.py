"""Jobs and endpoints of scripts in SageMaker's scikit-learn and XGBoost images, without Docker."""

from __future__ import annotations

import io
import tarfile
import textwrap
from typing import Any

from tests.local_sagemaker.server import (
    BUCKET,
    ROLE,
    LocalSageMaker,
    new_name,
    training_request,
)
from tests.local_sagemaker.waiting import wait_for_endpoint, wait_for_training

REGISTRY = "683313688378.dkr.ecr.us-east-1.amazonaws.com"
SCIKIT_LEARN = f"{REGISTRY}/sagemaker-scikit-learn:1.2-1-cpu-py3"
XGBOOST = f"{REGISTRY}/sagemaker-xgboost:1.7-1"


def archive(**files: str) -> bytes:
    """A tar.gz; in a name, `__` stands for a dot: train__py."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as tar:
        for name, text in files.items():
            body = textwrap.dedent(text).encode()
            member = tarfile.TarInfo(name.replace("__", "."))
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
    return content.getvalue()


def put_code(local: LocalSageMaker, **files: str) -> str:
    """Where the archive of the files lies."""
    key = f"{new_name('code')}/sourcedir.tar.gz"
    local.s3.put_object(Bucket=BUCKET, Key=key, Body=archive(**files))
    return f"s3://{BUCKET}/{key}"


def script_request(
    local: LocalSageMaker, script: str, image: str = SCIKIT_LEARN, /, **hyperparameters: str
) -> dict[str, Any]:
    """A training job of a script, as the SageMaker SDK v2 asks for it."""
    given = {
        "sagemaker_program": '"train.py"',
        "sagemaker_submit_directory": f'"{put_code(local, train__py=script)}"',
        "sagemaker_container_log_level": "20",
        "sagemaker_region": '"us-east-1"',
    }
    request = training_request(new_name("script"), given | hyperparameters)
    request["AlgorithmSpecification"]["TrainingImage"] = image
    return request


def train(local: LocalSageMaker, request: dict[str, Any]) -> dict[str, Any]:
    local.sagemaker.create_training_job(**request)
    return wait_for_training(local, request["TrainingJobName"])


def serve(
    local: LocalSageMaker,
    script: str,
    model: dict[str, str],
    image: str = SCIKIT_LEARN,
    **environment: str,
) -> dict[str, Any]:
    """The endpoint of a script, when it is in service or has failed; `model` are its files."""
    name = new_name("script")
    key = f"{name}/model.tar.gz"
    local.s3.put_object(Bucket=BUCKET, Key=key, Body=archive(**model))
    variables = {
        "SAGEMAKER_PROGRAM": "serve.py",
        "SAGEMAKER_SUBMIT_DIRECTORY": put_code(local, serve__py=script),
    }
    local.sagemaker.create_model(
        ModelName=name,
        ExecutionRoleArn=ROLE,
        PrimaryContainer={
            "Image": image,
            "ModelDataUrl": f"s3://{BUCKET}/{key}",
            "Environment": variables | environment,
        },
    )
    variant = {"VariantName": "all", "ModelName": name, "InitialInstanceCount": 1}
    local.sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[variant | {"InstanceType": "ml.m5.large"}]
    )
    local.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    return wait_for_endpoint(local, name)


def ask(
    local: LocalSageMaker, endpoint: dict[str, Any], body: str, **types: str
) -> tuple[str, str]:
    """The answer's body and type."""
    answer = local.runtime.invoke_endpoint(
        EndpointName=endpoint["EndpointName"], Body=body, **types
    )
    return answer["Body"].read().decode(), answer["ContentType"]
