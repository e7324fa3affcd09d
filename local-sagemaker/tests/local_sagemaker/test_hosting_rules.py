"""What SageMaker refuses of serverless variants, topics and invocations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local_sagemaker.hosting import create_config, variant
from tests.local_sagemaker.server import BUCKET, ROLE, LocalSageMaker, new_name
from tests.local_sagemaker.test_hosting_kinds import (
    JSON,
    asynchronous,
    container,
    create_model,
    serve,
)
from tests.local_sagemaker.waiting import wait_for_endpoint


@pytest.fixture(autouse=True)
def no_docker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def model(local: LocalSageMaker) -> str:
    return create_model(local, container(local, 2))


def serverless(model: str, **config: int) -> dict[str, Any]:
    given = {"MemorySizeInMB": 1024, "MaxConcurrency": 2} | config
    return {"VariantName": "all", "ModelName": model, "ServerlessConfig": given}


@pytest.mark.parametrize(
    ("config", "members", "words"),
    [
        ({"MemorySizeInMB": 1500}, {}, "MemorySizeInMB 1500 is none of 1024, 2048"),
        ({"ProvisionedConcurrency": 3}, {}, "must be less than or equal to MaxConcurrency 2"),
        ({}, {"InstanceType": "ml.m5.large"}, "either ServerlessConfig or InstanceType, not both"),
    ],
)
def test_serverless_variant_is_refused(
    local: LocalSageMaker, model: str, config: dict[str, int], members: dict[str, Any], words: str
) -> None:
    with pytest.raises(ClientError, match=words):
        create_config(local, serverless(model, **config) | members)


def test_serverless_variant_is_alone_and_has_a_network(local: LocalSageMaker, model: str) -> None:
    with pytest.raises(ClientError, match="multiple production variants are not supported"):
        create_config(local, serverless(model), variant(model, "other"))
    isolated = new_name("isolated")
    local.sagemaker.create_model(
        ModelName=isolated,
        ExecutionRoleArn=ROLE,
        PrimaryContainer=container(local, 2),
        EnableNetworkIsolation=True,
    )
    with pytest.raises(ClientError, match="network isolation are not supported for serverless"):
        create_config(local, serverless(isolated))


def test_endpoint_whose_topic_is_not_there_fails(local: LocalSageMaker, model: str) -> None:
    config = asynchronous(local)["config"]
    missing = "arn:aws:sns:us-east-1:123456789012:missing"
    config["OutputConfig"]["NotificationConfig"] = {"ErrorTopic": missing}
    name = new_name("untold")
    local.sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[variant(model)], AsyncInferenceConfig=config
    )
    local.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    described = wait_for_endpoint(local, name)
    assert described["EndpointStatus"] == "Failed"
    assert f'has "sns:Publish" permissions for topic "{missing}"' in described["FailureReason"]


def test_invocation_is_checked_as_it_is_described(local: LocalSageMaker, model: str) -> None:
    endpoint = serve(local, model)
    ask = local.runtime.invoke_endpoint
    with pytest.raises(ClientError, match=f"Endpoint {endpoint.upper()} of account .* not found"):
        ask(EndpointName=endpoint.upper(), Body=b"[1]", **JSON)
    with pytest.raises(ClientError, match="'inferenceId' failed to satisfy constraint"):
        ask(EndpointName=endpoint, Body=b"[1]", InferenceId="a" * 65, **JSON)
    later = serve(local, model, AsyncInferenceConfig=asynchronous(local)["config"])
    with pytest.raises(ClientError, match="'invocationTimeoutSeconds' failed to satisfy"):
        local.runtime.invoke_endpoint_async(
            EndpointName=later,
            InputLocation=f"s3://{BUCKET}/in.json",
            InvocationTimeoutSeconds=4000,
            **JSON,
        )
