"""A role that does not trust SageMaker is refused, as AWS does at creation."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_sagemaker.server import IMAGE, new_name, tuning_request

EC2, SAGEMAKER = ({"Service": f"{name}.amazonaws.com"} for name in ("ec2", "sagemaker"))


def statement(principal: Any, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more}


def role(local_aws: LocalAws, *statements: dict[str, Any]) -> str:
    trust = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    created = local_aws.client("iam").create_role(
        RoleName=f"role-{uuid.uuid4().hex[:8]}", AssumeRolePolicyDocument=trust
    )
    return str(created["Role"]["Arn"])


def create_model(local_aws: LocalAws, arn: str) -> None:
    """Of a container without a model, which is what the next check refuses."""
    container = {"Image": IMAGE}
    local_aws.client("sagemaker").create_model(
        ModelName=new_name("trusted"), ExecutionRoleArn=arn, PrimaryContainer=container
    )


@pytest.mark.parametrize(
    "statements",
    [[statement(EC2)], [statement(SAGEMAKER, Action="sts:TagSession")], []],
    ids=["of EC2", "another action", "of nobody"],
)
def test_role_that_does_not_trust_sagemaker_is_refused(
    local_aws: LocalAws, statements: list[dict[str, Any]]
) -> None:
    arn = role(local_aws, *statements)
    with pytest.raises(ClientError) as refused:
        create_model(local_aws, arn)
    assert refused.value.response["Error"] == {
        "Code": "ValidationException",
        "Message": f"Could not assume role {arn}. Please ensure that the role exists and allows "
        "principal 'sagemaker.amazonaws.com' to assume the role.",
    }


def test_so_is_that_of_a_training_job_definition(local_aws: LocalAws) -> None:
    request = tuning_request(new_name("untrusted"))
    request["TrainingJobDefinition"]["RoleArn"] = role(local_aws, statement(EC2))
    with pytest.raises(ClientError, match="Could not assume role"):
        local_aws.client("sagemaker").create_hyper_parameter_tuning_job(**request)


@pytest.mark.parametrize(
    "statements",
    [
        [statement(SAGEMAKER)],
        [statement(EC2), statement({"Service": ["a", "sagemaker.amazonaws.com"]}, Action="sts:*")],
        [statement(SAGEMAKER, Condition={"StringEquals": {"aws:SourceAccount": "1"}})],
    ],
    ids=["plain", "among others", "with a condition"],
)
def test_role_that_trusts_it_is_taken(
    local_aws: LocalAws, statements: list[dict[str, Any]]
) -> None:
    with pytest.raises(ClientError, match="needs a ModelDataUrl"):
        create_model(local_aws, role(local_aws, *statements))


def test_role_that_nobody_has_made_is_taken(local_aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="needs a ModelDataUrl"):
        create_model(local_aws, "arn:aws:iam::123456789012:role/nobody-has-made-it")
