"""Quotas that local AWS is given are answered by Service Quotas and hold; others are generous."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.local_sagemaker.hosting import broken_model_data, create_config, create_model, variant
from tests.local_sagemaker.processing import processing_request
from tests.local_sagemaker.server import (
    _KEYS,
    BUCKET,
    LocalSageMaker,
    new_name,
    running,
    training_request,
    tuning_request,
)
from tests.local_sagemaker.waiting import wait_for_endpoint, wait_for_training

GIVEN = {
    "ml.m5.large for training job usage": 2,
    "ml.m5.large for spot training job usage": 0,
    "Number of instances across active endpoints": 2,
    "ml.c5.xlarge for transform job usage": 1,
    "ml.c5.xlarge for processing job usage": 0,
}


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSageMaker]:
    with running(tmp_path_factory.mktemp("quotas"), quotas=GIVEN) as local:
        yield local


@pytest.fixture(scope="module")
def quotas(local: LocalSageMaker) -> Any:
    return boto3.client("service-quotas", endpoint_url=local.url, **_KEYS)


def listed(quotas: Any, operation: str = "list_service_quotas") -> dict[str, float]:
    pages = quotas.get_paginator(operation).paginate(ServiceCode="sagemaker")
    return {quota["QuotaName"]: quota["Value"] for page in pages for quota in page["Quotas"]}


def refused(call: Any, **request: Any) -> str:
    with pytest.raises(ClientError) as refusal:
        call(**request)
    assert refusal.value.response["Error"]["Code"] == "ResourceLimitExceeded"
    return str(refusal.value.response["Error"]["Message"])


def test_list_has_what_was_given_and_generous_values_for_the_rest(quotas: Any) -> None:
    values = listed(quotas)
    assert GIVEN.items() <= values.items()
    assert values["ml.m5.large for endpoint usage"] == 1000
    assert values["Number of instances across all training jobs"] == 1000
    assert set(listed(quotas, "list_aws_default_service_quotas").values()) == {1000}


def test_one_quota_is_asked_for_by_the_code_of_aws(quotas: Any) -> None:
    asked = {"ServiceCode": "sagemaker", "QuotaCode": "L-611FA074"}
    quota = quotas.get_service_quota(**asked)["Quota"]
    assert (quota["QuotaName"], quota["Value"]) == ("ml.m5.large for training job usage", 2)
    assert quota["QuotaArn"].startswith("arn:aws:servicequotas:us-east-1:123456789012:sagemaker/L-")
    assert quotas.get_aws_default_service_quota(**asked)["Quota"]["Value"] == 1000


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"QuotaCode": "L-00000000"}, "NoSuchResourceException"),
        ({"ServiceCode": "ec2", "QuotaCode": "L-611FA074"}, "NoSuchResourceException"),
    ],
)
def test_quota_that_is_not_there_is_said(quotas: Any, asked: dict[str, str], code: str) -> None:
    with pytest.raises(ClientError) as refusal:
        quotas.get_service_quota(**{"ServiceCode": "sagemaker"} | asked)
    assert refusal.value.response["Error"]["Code"] == code


def test_token_that_was_not_given_is_refused(quotas: Any) -> None:
    with pytest.raises(ClientError, match="InvalidPaginationToken"):
        quotas.list_service_quotas(ServiceCode="sagemaker", NextToken="LTU=")


def test_training_beyond_the_quota_is_refused_in_the_words_of_the_service(
    local: LocalSageMaker,
) -> None:
    request = training_request(new_name("job"))
    request["ResourceConfig"] = request["ResourceConfig"] | {"InstanceCount": 3}
    assert refused(local.sagemaker.create_training_job, **request).startswith(
        "The account-level service limit 'ml.m5.large for training job usage' is 2 Instances, with "
        "current utilization of 0 Instances and a request delta of 3 Instances."
    )


def test_spot_training_has_a_quota_of_its_own(local: LocalSageMaker) -> None:
    request = training_request(new_name("job")) | {"EnableManagedSpotTraining": True}
    request["StoppingCondition"] = {"MaxRuntimeInSeconds": 60, "MaxWaitTimeInSeconds": 60}
    message = refused(local.sagemaker.create_training_job, **request)
    assert "'ml.m5.large for spot training job usage' is 0 Instances" in message


def test_tuning_job_needs_instances_for_all_that_run_in_parallel(local: LocalSageMaker) -> None:
    create = local.sagemaker.create_hyper_parameter_tuning_job
    message = refused(create, **tuning_request(new_name("tuning"), parallel=3))
    assert "'ml.m5.large for training job usage' is 2 Instances" in message
    assert "request delta of 3 Instances" in message


def test_what_runs_counts_and_what_has_ended_does_not(local: LocalSageMaker) -> None:
    first = new_name("job")
    two = training_request(first)
    two["ResourceConfig"] = two["ResourceConfig"] | {"InstanceCount": 2}
    local.sagemaker.create_training_job(**two)
    another = training_request(new_name("job"))
    assert "current utilization of 2 Instances" in refused(
        local.sagemaker.create_training_job, **another
    )
    wait_for_training(local, first)
    local.sagemaker.create_training_job(**another)


def test_transform_job_beyond_the_quota_is_refused(local: LocalSageMaker) -> None:
    message = refused(
        local.sagemaker.create_transform_job,
        TransformJobName=new_name("transform"),
        ModelName=create_model(local, broken_model_data(local)),
        TransformInput={
            "DataSource": {
                "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/train/"}
            }
        },
        TransformOutput={"S3OutputPath": f"s3://{BUCKET}/out/"},
        TransformResources={"InstanceType": "ml.c5.xlarge", "InstanceCount": 2},
    )
    assert "'ml.c5.xlarge for transform job usage' is 1 Instances" in message


def test_processing_job_beyond_the_quota_is_refused(local: LocalSageMaker) -> None:
    request = processing_request(new_name("process"))
    request["ProcessingResources"]["ClusterConfig"]["InstanceType"] = "ml.c5.xlarge"
    message = refused(local.sagemaker.create_processing_job, **request)
    assert "'ml.c5.xlarge for processing job usage' is 0 Instances" in message


def test_endpoints_count_together_and_so_does_the_second_fleet_of_an_update(
    local: LocalSageMaker,
) -> None:
    job = new_name("job")
    local.sagemaker.create_training_job(**training_request(job))
    model_data = wait_for_training(local, job)["ModelArtifacts"]["S3ModelArtifacts"]
    sagemaker, name = local.sagemaker, new_name("endpoint")
    model = create_model(local, model_data)
    one = create_config(local, variant(model))
    two = create_config(local, variant(model) | {"InitialInstanceCount": 2})
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=one)
    assert wait_for_endpoint(local, name)["EndpointStatus"] == "InService"
    total = "'Number of instances across active endpoints' is 2 Instances"
    update = {"EndpointName": name, "EndpointConfigName": two}
    assert total in refused(sagemaker.update_endpoint, **update)
    growth = [{"VariantName": "AllTraffic", "DesiredInstanceCount": 3}]
    assert "request delta of 2 Instances" in refused(
        sagemaker.update_endpoint_weights_and_capacities,
        EndpointName=name,
        DesiredWeightsAndCapacities=growth,
    )
    assert sagemaker.describe_endpoint(EndpointName=name)["EndpointStatus"] == "InService"
    sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=one)
    assert wait_for_endpoint(local, name)["EndpointStatus"] == "InService"
