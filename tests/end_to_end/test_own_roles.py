"""A deployment into a bucket and with roles that an organisation has made itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.end_to_end.conftest import (
    Deployment,
    environment_of,
)
from tests.end_to_end.rollout import serving, tiny
from tests.end_to_end.test_company import deploy

PREFIX, BUCKET = "theirs2", "a-lake-of-theirs"
SERVICES = {
    "training_role_arn": "sagemaker",
    "function_role_arn": "lambda",
    "state_machine_role_arn": "states",
    "start_role_arn": "scheduler",
}


@pytest.fixture(scope="module")
def theirs(local_aws: Any, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    iam = local_aws.client("iam")
    roles = {}
    for setting, service in SERVICES.items():
        principal = {"Service": [f"{service}.amazonaws.com", "events.amazonaws.com"]}
        trust = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
        document = {"Version": "2012-10-17", "Statement": [trust]}
        role = iam.create_role(
            RoleName=f"platform-{service}", AssumeRolePolicyDocument=json.dumps(document)
        )["Role"]
        iam.attach_role_policy(
            RoleName=role["RoleName"], PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess"
        )
        roles[setting] = role["Arn"]
    local_aws.client("s3").create_bucket(Bucket=BUCKET)
    folder = tmp_path_factory.mktemp("theirs")
    settings = {"name_prefix": PREFIX, "data_bucket": BUCKET, **roles}
    deployed = Deployment(local_aws.client, environment_of(local_aws), {}, folder)
    return deploy(deployed, settings, PREFIX)


def test_no_role_and_no_bucket_is_made(theirs: Deployment) -> None:
    pages = theirs.client("cloudformation").get_paginator("list_stack_resources")
    kinds = {
        resource["ResourceType"]
        for page in pages.paginate(StackName=PREFIX)
        for resource in page["StackResourceSummaries"]
    }
    assert "AWS::Lambda::Function" in kinds
    assert not {kind for kind in kinds if kind.startswith(("AWS::IAM::", "AWS::S3::Bucket"))}


def test_a_run_comes_to_an_endpoint_that_answers(theirs: Deployment) -> None:
    described = theirs.run(tiny(PREFIX))
    assert described["status"] == "SUCCEEDED", described
    sagemaker = theirs.client("sagemaker")
    config = serving(theirs, PREFIX)
    (variant,) = sagemaker.describe_endpoint_config(EndpointConfigName=config)["ProductionVariants"]
    model = sagemaker.describe_model(ModelName=variant["ModelName"])
    assert model["ExecutionRoleArn"].endswith(":role/platform-sagemaker")
