"""Models, endpoint configs, endpoints and model package groups of a stack."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks
from tests.local_aws.served_model import train_model
from tests.local_sagemaker.server import IMAGE, ROLE


def template(model_data: str, endpoint: str, *, variant: str = "all") -> dict[str, Any]:
    container = {"Image": IMAGE, "ModelDataUrl": model_data}
    production = {
        "VariantName": variant,
        "ModelName": {"Fn::GetAtt": ["Model", "ModelName"]},
        "InitialInstanceCount": "1",
        "InitialVariantWeight": 1,
        "InstanceType": "ml.m5.large",
    }
    return {
        "Resources": {
            "Model": {
                "Type": "AWS::SageMaker::Model",
                "Properties": {"ExecutionRoleArn": ROLE, "PrimaryContainer": container},
            },
            "Config": {
                "Type": "AWS::SageMaker::EndpointConfig",
                "Properties": {"ProductionVariants": [production]},
            },
            "Endpoint": {
                "Type": "AWS::SageMaker::Endpoint",
                "Properties": {
                    "EndpointName": endpoint,
                    "EndpointConfigName": {"Fn::GetAtt": ["Config", "EndpointConfigName"]},
                },
            },
        },
        "Outputs": {
            "Model": {"Value": {"Ref": "Model"}},
            "Config": {"Value": {"Fn::GetAtt": ["Config", "EndpointConfigName"]}},
        },
    }


@pytest.fixture(scope="module")
def model_data(local_aws: LocalAws) -> str:
    """The archive of a model that is really trained."""
    found = local_aws.client("sagemaker").describe_model(ModelName=train_model(local_aws))
    return str(found["PrimaryContainer"]["ModelDataUrl"])


@pytest.fixture
def name(local_aws: LocalAws) -> Iterator[str]:
    """A stack's name, of which nothing is left in the end."""
    name = stacks.new_name()
    yield name
    local_aws.client("cloudformation").delete_stack(StackName=name)


def test_endpoint_serves_once_its_stack_is_made(
    local_aws: LocalAws, model_data: str, name: str
) -> None:
    stack = stacks.create(local_aws, name, template(model_data, name))
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    assert ":model/model-" in stacks.outputs(stack)["Model"].lower()
    sagemaker = local_aws.client("sagemaker")
    assert sagemaker.describe_endpoint(EndpointName=name)["EndpointStatus"] == "InService"


def test_another_config_replaces_the_old_one_and_updates_the_endpoint(
    local_aws: LocalAws, model_data: str, name: str
) -> None:
    before = stacks.outputs(stacks.create(local_aws, name, template(model_data, name)))
    stack = stacks.update(local_aws, name, template(model_data, name, variant="other"))
    assert stack["StackStatus"] == "UPDATE_COMPLETE"
    sagemaker = local_aws.client("sagemaker")
    endpoint = sagemaker.describe_endpoint(EndpointName=name)
    assert endpoint["ProductionVariants"][0]["VariantName"] == "other"
    assert stacks.outputs(stack)["Model"] == before["Model"]
    with pytest.raises(ClientError, match="Could not find endpoint configuration"):
        sagemaker.describe_endpoint_config(EndpointConfigName=before["Config"])


def test_endpoint_that_fails_is_rolled_back_with_its_reason(
    local_aws: LocalAws, model_data: str, name: str
) -> None:
    s3 = local_aws.client("s3")
    bucket = model_data.removeprefix("s3://").partition("/")[0]
    s3.put_object(Bucket=bucket, Key="none/model.tar.gz", Body=b"no archive")
    stack = stacks.create(local_aws, name, template(f"s3://{bucket}/none/model.tar.gz", name))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "did not stabilize" in stacks.reason(local_aws, name, "Endpoint")
    with pytest.raises(ClientError, match="Could not find endpoint"):
        local_aws.client("sagemaker").describe_endpoint(EndpointName=name)


def test_model_that_the_template_names_cannot_be_replaced(
    local_aws: LocalAws, model_data: str, name: str
) -> None:
    def named(role: str) -> dict[str, Any]:
        container = {"Image": IMAGE, "ModelDataUrl": model_data}
        given = {"ModelName": name, "ExecutionRoleArn": role, "PrimaryContainer": container}
        return {"Resources": {"Model": {"Type": "AWS::SageMaker::Model", "Properties": given}}}

    stacks.create(local_aws, name, named(ROLE))
    stack = stacks.update(local_aws, name, named(f"{ROLE}-2"))
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "a custom-named resource requires replacing" in stacks.reason(local_aws, name, "Model")


def test_deleted_stack_takes_its_group_of_versions_along(local_aws: LocalAws, name: str) -> None:
    given = {"ModelPackageGroupName": name, "Tags": [{"Key": "by", "Value": "stack"}]}
    group = {"Type": "AWS::SageMaker::ModelPackageGroup", "Properties": given}
    stack = stacks.create(
        local_aws,
        name,
        {"Resources": {"Group": group}, "Outputs": {"Arn": {"Value": {"Ref": "Group"}}}},
    )
    sagemaker = local_aws.client("sagemaker")
    found = sagemaker.describe_model_package_group(ModelPackageGroupName=name)
    assert found["ModelPackageGroupArn"] == stacks.outputs(stack)["Arn"]
    stacks.delete(local_aws, name)
    with pytest.raises(ClientError, match="does not exist"):
        sagemaker.describe_model_package_group(ModelPackageGroupName=name)


def test_pipeline_is_made_changed_and_deleted(local_aws: LocalAws, name: str) -> None:
    def made(step: str, **properties: Any) -> dict[str, Any]:
        failing = {"Name": step, "Type": "Fail", "Arguments": {"ErrorMessage": "no"}}
        body = json.dumps({"Version": "2020-12-01", "Steps": [failing]})
        given = {"PipelineDefinition": {"PipelineDefinitionBody": body}, "RoleArn": ROLE}
        given |= {"PipelineName": name, "PipelineDescription": "fails"}
        return {
            "Resources": {
                "Pipeline": {"Type": "AWS::SageMaker::Pipeline", "Properties": given | properties}
            },
            "Outputs": {"Name": {"Value": {"Ref": "Pipeline"}}},
        }

    sagemaker = local_aws.client("sagemaker")
    created = stacks.create(local_aws, name, made("First", Tags=[{"Key": "a", "Value": "1"}]))
    stack = stacks.update(local_aws, name, made("Second", Tags=[{"Key": "b", "Value": "2"}]))
    pipeline = sagemaker.describe_pipeline(PipelineName=name)
    tags = sagemaker.list_tags(ResourceArn=pipeline["PipelineArn"])["Tags"]
    stacks.delete(local_aws, name)

    assert stacks.outputs(created) == stacks.outputs(stack) == {"Name": name}
    assert '"Second"' in pipeline["PipelineDefinition"]
    assert pipeline["PipelineDescription"] == "fails"
    assert {"Key": "b", "Value": "2"} in tags
    assert "a" not in {tag["Key"] for tag in tags}
    with pytest.raises(ClientError, match="does not exist"):
        sagemaker.describe_pipeline(PipelineName=name)


def test_pipeline_comes_from_s3_and_one_without_a_definition_fails(
    local_aws: LocalAws, name: str
) -> None:
    def made(definition: dict[str, Any]) -> dict[str, Any]:
        given = {"PipelineName": name, "RoleArn": ROLE, "PipelineDefinition": definition}
        return {"Resources": {"P": {"Type": "AWS::SageMaker::Pipeline", "Properties": given}}}

    failing = {"Name": "Fail", "Type": "Fail", "Arguments": {"ErrorMessage": "no"}}
    body = json.dumps({"Version": "2020-12-01", "Steps": [failing]})
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="pipeline.json", Body=body)
    place = {"PipelineDefinitionS3Location": {"Bucket": name, "Key": "pipeline.json"}}
    stacks.create(local_aws, name, made(place))
    pipeline = local_aws.client("sagemaker").describe_pipeline(PipelineName=name)
    assert json.loads(pipeline["PipelineDefinition"]) == json.loads(body)
    stack = stacks.update(local_aws, name, made({"Else": "where"}))
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "neither a body nor an S3 location" in stacks.reason(local_aws, name, "P")
