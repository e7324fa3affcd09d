"""SageMaker: the Service Authorization Reference, and published messages of denied calls."""

from __future__ import annotations

from typing import Any

import pytest

from tests.iam_needs.asking import ROLE, arn, context, permissions

PACKAGE = arn("sagemaker", "model-package/churn/3")
PASSED = f"iam:PassRole {ROLE}"


@pytest.mark.parametrize(
    ("operation", "parameters", "needed"),
    [
        # aws/aws-cdk#11594 and aws-controllers-k8s/community#1889: denied on the configuration.
        ("UpdateEndpoint", {"EndpointName": "shop", "EndpointConfigName": "shop-2"},
         ["endpoint/shop", "endpoint-config/shop-2"]),
        ("CreateEndpoint", {"EndpointName": "shop", "EndpointConfigName": "shop-2"},
         ["endpoint/shop", "endpoint-config/shop-2"]),
        # philschmid/cdk-samples#2: hosting writes names in lower case.
        ("DescribeEndpoint", {"EndpointName": "LaBSE"}, ["endpoint/labse"]),
        ("DescribeTrainingJob", {"TrainingJobName": "Job-1"}, ["training-job/Job-1"]),
        ("StopHyperParameterTuningJob", {"HyperParameterTuningJobName": "t"},
         ["hyper-parameter-tuning-job/t"]),
        ("ListTrainingJobsForHyperParameterTuningJob", {"HyperParameterTuningJobName": "t"},
         ["hyper-parameter-tuning-job/t"]),
        ("UpdateEndpointWeightsAndCapacities", {"EndpointName": "shop"}, ["endpoint/shop"]),
        ("DescribeModelPackage", {"ModelPackageName": PACKAGE}, ["model-package/churn/3"]),
        ("UpdateModelPackage", {"ModelPackageArn": PACKAGE}, ["model-package/churn/3"]),
        ("CreateModelPackage", {"ModelPackageGroupName": "churn"}, ["model-package-group/churn"]),
        ("AddTags", {"ResourceArn": arn("sagemaker", "endpoint/shop"), "Tags": []},
         ["endpoint/shop"]),
        ("DescribeDataQualityJobDefinition", {"JobDefinitionName": "q"},
         ["data-quality-job-definition/q"]),
        ("StopPipelineExecution",
         {"PipelineExecutionArn": arn("sagemaker", "pipeline/p/execution/x")},
         ["pipeline/p/execution/x"]),
    ],
)  # fmt: skip
def test_what_an_operation_is_asked_on(
    operation: str, parameters: dict[str, Any], needed: list[str]
) -> None:
    assert permissions("sagemaker", operation, **parameters) == [
        f"sagemaker:{operation} sagemaker {resource}" for resource in needed
    ]


@pytest.mark.parametrize("operation", ["ListEndpoints", "ListModels", "ListTrainingJobs", "Search"])
def test_lists_are_asked_on_everything(operation: str) -> None:
    assert permissions("sagemaker", operation) == [f"sagemaker:{operation} *"]


def test_an_invocation_is_sagemakers_own_action() -> None:
    needed = permissions("sagemaker-runtime", "InvokeEndpoint", EndpointName="shop", Body=b"1,2")

    assert needed == ["sagemaker:InvokeEndpoint sagemaker endpoint/shop"]


@pytest.mark.parametrize(
    ("operation", "parameters", "resource"),
    [
        ("CreateModel", {"ModelName": "m", "ExecutionRoleArn": ROLE}, "model/m"),
        ("CreateTrainingJob", {"TrainingJobName": "j", "RoleArn": ROLE}, "training-job/j"),
        ("CreateProcessingJob", {"ProcessingJobName": "p", "RoleArn": ROLE}, "processing-job/p"),
        ("CreateHyperParameterTuningJob",
         {"HyperParameterTuningJobName": "t", "TrainingJobDefinition": {"RoleArn": ROLE}},
         "hyper-parameter-tuning-job/t"),
        ("CreateHyperParameterTuningJob",
         {"HyperParameterTuningJobName": "t",
          "TrainingJobDefinitions": [{"RoleArn": ROLE}, {"RoleArn": ROLE}]},
         "hyper-parameter-tuning-job/t"),
        ("CreatePipeline", {"PipelineName": "p", "RoleArn": ROLE}, "pipeline/p"),
    ],
)  # fmt: skip
def test_a_role_is_passed_to_what_is_created(
    operation: str, parameters: dict[str, Any], resource: str
) -> None:
    needed = permissions("sagemaker", operation, **parameters)

    assert needed == [f"sagemaker:{operation} sagemaker {resource}", PASSED]


def test_a_transform_job_passes_no_role() -> None:
    needed = permissions("sagemaker", "CreateTransformJob", TransformJobName="t", ModelName="m")

    assert needed == ["sagemaker:CreateTransformJob sagemaker transform-job/t"]


def test_tags_on_creation_want_addtags_on_the_same_resource() -> None:
    """aws/aws-cdk#26012: without it the call is denied, though Create itself is allowed."""
    tags = [{"Key": "team", "Value": "risk"}]
    needed = permissions("sagemaker", "CreateTransformJob", TransformJobName="t", Tags=tags)

    assert needed[1:] == ["sagemaker:AddTags sagemaker transform-job/t"]


def test_no_tags_no_addtags() -> None:
    assert len(permissions("sagemaker", "CreateTransformJob", TransformJobName="t", Tags=[])) == 1


def test_a_tuning_job_tells_what_its_definitions_ask_for() -> None:
    definition = {
        "ResourceConfig": {"InstanceType": "ml.m5.large", "VolumeKmsKeyId": "key/1"},
        "VpcConfig": {"Subnets": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"]},
        "StoppingCondition": {"MaxRuntimeInSeconds": 600},
        "OutputDataConfig": {"S3OutputPath": "s3://runs", "KmsKeyId": "key/2"},
        "EnableNetworkIsolation": True,
        "EnableInterContainerTrafficEncryption": False,
    }
    other = {
        "HyperParameterTuningResourceConfig": {
            "InstanceConfigs": [{"InstanceType": "ml.c5.xlarge"}]
        }
    }
    given = context("sagemaker", "CreateHyperParameterTuningJob", HyperParameterTuningJobName="t",
                    TrainingJobDefinitions=[definition, other])  # fmt: skip

    assert given == {
        "sagemaker:instancetypes": ("ml.m5.large", "ml.c5.xlarge"),
        "sagemaker:volumekmskey": ("key/1",),
        "sagemaker:outputkmskey": ("key/2",),
        "sagemaker:vpcsubnets": ("subnet-1", "subnet-2"),
        "sagemaker:vpcsecuritygroupids": ("sg-1",),
        "sagemaker:maxruntimeinseconds": ("600",),
        "sagemaker:networkisolation": ("true",),
        "sagemaker:intercontainertrafficencryption": ("false",),
    }


def test_an_endpoint_configuration_tells_instances_volumes_and_tags() -> None:
    given = context("sagemaker", "CreateEndpointConfig", EndpointConfigName="c", KmsKeyId="key/1",
                    ProductionVariants=[{"InstanceType": "ml.m5.large"}],
                    Tags=[{"Key": "team", "Value": "risk"}])  # fmt: skip

    assert given == {
        "sagemaker:instancetypes": ("ml.m5.large",),
        "sagemaker:volumekmskey": ("key/1",),
        "aws:requesttag/team": ("risk",),
        "aws:tagkeys": ("team",),
    }
