"""Every operation answers in the shape of SageMaker's model; waiters and paginators work.

The client of these tests checks each response as it arrives (tests/contract/output_shape.py).
"""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.sagemaker.account_region import AccountRegion
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.settings import Settings
from local_sagemaker.search.strategies import create_search

from tests.contract.output_shape import answered
from tests.local_sagemaker.hosting import create_config, create_model, variant
from tests.local_sagemaker.processing import processing_request
from tests.local_sagemaker.processing import start as start_processing
from tests.local_sagemaker.server import (
    BUCKET,
    ENDLESS,
    LocalSageMaker,
    new_name,
    training_request,
    tuning_request,
)
from tests.local_sagemaker.waiting import wait_for_endpoint, wait_for_tuning

QUICKLY = {"Delay": 1, "MaxAttempts": 60}


@pytest.fixture(scope="session")
def training_job(local: LocalSageMaker) -> dict[str, Any]:
    name = new_name("contract")
    local.sagemaker.create_training_job(**training_request(name))
    waiter = local.sagemaker.get_waiter("training_job_completed_or_stopped")
    waiter.wait(TrainingJobName=name, WaiterConfig=QUICKLY)
    return dict(local.sagemaker.describe_training_job(TrainingJobName=name))


@pytest.fixture(scope="session")
def endpoint(local: LocalSageMaker, training_job: dict[str, Any]) -> str:
    data = training_job["ModelArtifacts"]["S3ModelArtifacts"]
    name = new_name("contract")
    local.sagemaker.create_endpoint(
        EndpointName=name,
        EndpointConfigName=create_config(local, variant(create_model(local, data))),
    )
    waiter = local.sagemaker.get_waiter("endpoint_in_service")
    waiter.wait(EndpointName=name, WaiterConfig=QUICKLY)
    return name


def test_training_job_waiter_takes_a_stopped_job_for_a_success(local: LocalSageMaker) -> None:
    name = new_name("contract")
    local.sagemaker.create_training_job(**training_request(name, ENDLESS))
    local.sagemaker.stop_training_job(TrainingJobName=name)
    waiter = local.sagemaker.get_waiter("training_job_completed_or_stopped")
    waiter.wait(TrainingJobName=name, WaiterConfig=QUICKLY)
    local.sagemaker.delete_training_job(TrainingJobName=name)
    with pytest.raises(ClientError, match="Requested resource not found"):
        local.sagemaker.describe_training_job(TrainingJobName=name)


def test_endpoint_deleted_waiter_sees_the_end(local: LocalSageMaker, endpoint: str) -> None:
    described = local.sagemaker.describe_endpoint(EndpointName=endpoint)
    config = described["EndpointConfigName"]
    local.sagemaker.update_endpoint(EndpointName=endpoint, EndpointConfigName=config)
    wait_for_endpoint(local, endpoint)
    local.sagemaker.update_endpoint_weights_and_capacities(
        EndpointName=endpoint,
        DesiredWeightsAndCapacities=[{"VariantName": "AllTraffic", "DesiredInstanceCount": 2}],
    )
    assert local.sagemaker.list_endpoints(StatusEquals="InService")["Endpoints"]
    assert local.sagemaker.list_endpoint_configs()["EndpointConfigs"]
    assert local.sagemaker.list_models()["Models"]
    model = local.sagemaker.describe_endpoint_config(EndpointConfigName=config)[
        "ProductionVariants"
    ][0]["ModelName"]
    local.sagemaker.delete_endpoint(EndpointName=endpoint)
    waiter = local.sagemaker.get_waiter("endpoint_deleted")
    waiter.wait(EndpointName=endpoint, WaiterConfig=QUICKLY)
    local.sagemaker.delete_endpoint_config(EndpointConfigName=config)
    assert local.sagemaker.describe_model(ModelName=model)["ModelName"] == model
    local.sagemaker.delete_model(ModelName=model)


def test_tuning_job_answers_in_every_state(local: LocalSageMaker) -> None:
    name = new_name("contract")
    request = tuning_request(name, jobs=3, parallel=2)
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    assert wait_for_tuning(local, name)["HyperParameterTuningJobStatus"] == "Completed"
    pages = local.sagemaker.get_paginator(
        "list_training_jobs_for_hyper_parameter_tuning_job"
    ).paginate(HyperParameterTuningJobName=name, PaginationConfig={"PageSize": 2})
    assert [len(page["TrainingJobSummaries"]) for page in pages] == [2, 1]
    assert local.sagemaker.list_training_jobs(NameContains=name)["TrainingJobSummaries"]
    (summary,) = local.sagemaker.list_hyper_parameter_tuning_jobs(NameContains=name)[
        "HyperParameterTuningJobSummaries"
    ]
    assert summary["HyperParameterTuningJobStatus"] == "Completed"
    with pytest.raises(local.sagemaker.exceptions.ClientError, match="is in status Completed"):
        local.sagemaker.stop_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)
    local.sagemaker.delete_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)


def test_running_tuning_job_can_be_stopped(local: LocalSageMaker) -> None:
    name = new_name("contract")
    local.sagemaker.create_hyper_parameter_tuning_job(**tuning_request(name, static=ENDLESS))
    local.sagemaker.stop_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)
    assert wait_for_tuning(local, name)["HyperParameterTuningJobStatus"] == "Stopped"


def test_search_answers_in_pages(local: LocalSageMaker, training_job: dict[str, Any]) -> None:
    pages = local.sagemaker.get_paginator("search").paginate(
        Resource="TrainingJob",
        SearchExpression={"Filters": [{"Name": "TrainingJobName", "Operator": "Exists"}]},
        MaxResults=1,
    )
    found = [
        result["TrainingJob"]["TrainingJobName"] for page in pages for result in page["Results"]
    ]
    assert training_job["TrainingJobName"] in found


def test_stopped_transform_job_ends_its_waiter(
    local: LocalSageMaker, training_job: dict[str, Any]
) -> None:
    name = new_name("contract")
    local.sagemaker.create_transform_job(
        TransformJobName=name,
        ModelName=create_model(local, training_job["ModelArtifacts"]["S3ModelArtifacts"]),
        TransformInput={
            "DataSource": {
                "S3DataSource": {
                    "S3DataType": "S3Prefix",
                    "S3Uri": f"s3://{BUCKET}/data/validation/",
                }
            }
        },
        TransformOutput={"S3OutputPath": training_job["OutputDataConfig"]["S3OutputPath"]},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
    )
    local.sagemaker.stop_transform_job(TransformJobName=name)
    waiter = local.sagemaker.get_waiter("transform_job_completed_or_stopped")
    waiter.wait(TransformJobName=name, WaiterConfig=QUICKLY)
    described = local.sagemaker.describe_transform_job(TransformJobName=name)
    assert described["TransformJobStatus"] == "Stopped"
    with pytest.raises(local.sagemaker.exceptions.ClientError, match="is in status Stopped"):
        local.sagemaker.stop_transform_job(TransformJobName=name)
    listed = local.sagemaker.list_transform_jobs(NameContains=name)
    assert listed["TransformJobSummaries"][0]["TransformJobStatus"] == "Stopped"


def test_processing_job_is_listed_tagged_stopped_and_deleted(local: LocalSageMaker) -> None:
    name = start_processing(local, "import time; time.sleep(600)")
    described = local.sagemaker.describe_processing_job(ProcessingJobName=name)
    with pytest.raises(local.sagemaker.exceptions.ResourceInUse, match="must be unique"):
        local.sagemaker.create_processing_job(**processing_request(name.upper()))
    with pytest.raises(local.sagemaker.exceptions.ResourceInUse, match="stop it first"):
        local.sagemaker.delete_processing_job(ProcessingJobName=name)
    tags = [{"Key": "a", "Value": "1"}]
    local.sagemaker.add_tags(ResourceArn=described["ProcessingJobArn"], Tags=tags)
    assert local.sagemaker.list_tags(ResourceArn=described["ProcessingJobArn"])["Tags"] == tags
    local.sagemaker.stop_processing_job(ProcessingJobName=name)
    waiter = local.sagemaker.get_waiter("processing_job_completed_or_stopped")
    waiter.wait(ProcessingJobName=name, WaiterConfig=QUICKLY)
    with pytest.raises(local.sagemaker.exceptions.ClientError, match="is in status Stopped"):
        local.sagemaker.stop_processing_job(ProcessingJobName=name)
    (listed,) = local.sagemaker.list_processing_jobs(NameContains=name)["ProcessingJobSummaries"]
    assert listed["ProcessingJobStatus"] == "Stopped"
    local.sagemaker.delete_processing_job(ProcessingJobName=name)
    with pytest.raises(ClientError, match="Could not find requested job with name"):
        local.sagemaker.describe_processing_job(ProcessingJobName=name)


def test_name_that_is_taken_is_in_use_whatever_its_case(
    local: LocalSageMaker, training_job: dict[str, Any]
) -> None:
    with pytest.raises(local.sagemaker.exceptions.ResourceInUse, match="must be unique"):
        local.sagemaker.create_training_job(
            **training_request(training_job["TrainingJobName"].upper())
        )


def test_model_that_exists_cannot_be_created(
    local: LocalSageMaker, training_job: dict[str, Any]
) -> None:
    data = training_job["ModelArtifacts"]["S3ModelArtifacts"]
    name = create_model(local, data)
    model = local.sagemaker.describe_model(ModelName=name)
    with pytest.raises(
        local.sagemaker.exceptions.ClientError, match='Cannot create already existing model "arn:'
    ):
        local.sagemaker.create_model(ModelName=name, PrimaryContainer=model["PrimaryContainer"])


def test_tags_are_added_listed_and_deleted(
    local: LocalSageMaker, training_job: dict[str, Any]
) -> None:
    arn = training_job["TrainingJobArn"]
    tags = [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
    local.sagemaker.add_tags(ResourceArn=arn, Tags=tags)
    local.sagemaker.delete_tags(ResourceArn=arn, TagKeys=["a"])
    assert local.sagemaker.list_tags(ResourceArn=arn)["Tags"] == tags[1:]


def test_every_operation_has_been_answered(tmp_path: Any) -> None:
    """Last of all: what it lists has passed the check of its shape before."""
    if not {"DeleteModel", "DeleteModelPackage", "DeletePipeline"} <= answered:
        pytest.skip("the tests before it were not run")
    region = Region(Settings("http://localhost", tmp_path), "us-east-1")
    assert set(AccountRegion(region, create_search).operations["sagemaker"]) <= answered
