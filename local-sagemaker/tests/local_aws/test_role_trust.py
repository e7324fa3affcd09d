"""A role that does not exist or does not trust the service is refused, as AWS does at creation."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import function_zip, stacks
from tests.local_aws.function_zip import zip_of
from tests.local_sagemaker.hosting import variant
from tests.local_sagemaker.server import IMAGE, new_name, tuning_request

EC2, SAGEMAKER = ({"Service": f"{name}.amazonaws.com"} for name in ("ec2", "sagemaker"))


def statement(principal: Any, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more}


def of_account(account: str) -> dict[str, Any]:
    return {"StringEquals": {"aws:SourceAccount": account}}


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
    [
        [statement(EC2)],
        [statement(SAGEMAKER, Action="sts:TagSession")],
        [statement(SAGEMAKER, Condition=of_account("210987654321"))],
        [],
    ],
    ids=["of EC2", "another action", "of another account", "of nobody"],
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


def test_model_whose_role_is_gone_neither_serves_nor_transforms(local_aws: LocalAws) -> None:
    arn, sagemaker = role(local_aws, statement(SAGEMAKER)), local_aws.client("sagemaker")
    s3, name = local_aws.client("s3"), new_name("untrusted")
    s3.create_bucket(Bucket=name)
    reads = statement({"AWS": arn}, Action="s3:GetObject", Resource=f"arn:aws:s3:::{name}/*")
    policy = json.dumps({"Version": "2012-10-17", "Statement": reads})
    s3.put_bucket_policy(Bucket=name, Policy=policy)
    s3.put_object(Bucket=name, Key="model.tar.gz", Body=b"")
    container = {"Image": IMAGE, "ModelDataUrl": f"s3://{name}/model.tar.gz"}
    model = {"ModelName": name, "ExecutionRoleArn": arn, "PrimaryContainer": container}
    sagemaker.create_model(**model)
    config = {"EndpointConfigName": name, "ProductionVariants": [variant(name)]}
    sagemaker.create_endpoint_config(**config)
    local_aws.client("iam").delete_role(RoleName=arn.rpartition("/")[2])
    with pytest.raises(ClientError, match="Could not assume role"):
        sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    source = {"S3DataType": "S3Prefix", "S3Uri": f"s3://{name}/"}
    with pytest.raises(ClientError, match="Could not assume role"):
        sagemaker.create_transform_job(
            TransformJobName=name,
            ModelName=name,
            TransformInput={"DataSource": {"S3DataSource": source}},
            TransformOutput={"S3OutputPath": f"s3://{name}/out"},
            TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
        )


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
        [statement(SAGEMAKER, Condition=of_account("123456789012"))],
    ],
    ids=["plain", "among others", "with a condition"],
)
def test_role_that_trusts_it_is_taken(
    local_aws: LocalAws, statements: list[dict[str, Any]]
) -> None:
    with pytest.raises(ClientError, match="needs a ModelDataUrl"):
        create_model(local_aws, role(local_aws, *statements))


@pytest.mark.parametrize("account", ["123456789012", "111122223333"])
def test_role_that_nobody_has_made_is_refused(local_aws: LocalAws, account: str) -> None:
    with pytest.raises(ClientError, match="Please ensure that the role exists and allows"):
        create_model(local_aws, f"arn:aws:iam::{account}:role/nobody-has-made-it")


def create_function(local_aws: LocalAws, arn: str) -> None:
    local_aws.client("lambda").create_function(
        FunctionName=new_name("function"), Runtime="python3.13", Handler="index.handler",
        Role=arn, Code={"ZipFile": zip_of("")},
    )  # fmt: skip


def update_function(local_aws: LocalAws, arn: str) -> None:
    name = function_zip.create_function(local_aws, "")
    local_aws.client("lambda").update_function_configuration(FunctionName=name, Role=arn)


def create_schedule(local_aws: LocalAws, arn: str) -> None:
    queue = "arn:aws:sqs:us-east-1:123456789012:queue"
    local_aws.client("scheduler").create_schedule(
        Name=new_name("schedule"), ScheduleExpression="rate(9 days)",
        FlexibleTimeWindow={"Mode": "OFF"}, Target={"Arn": queue, "RoleArn": arn},
    )  # fmt: skip


def put_target(local_aws: LocalAws, arn: str) -> None:
    events, name = local_aws.client("events"), new_name("rule")
    events.put_rule(Name=name, ScheduleExpression="rate(9 days)")
    machine = "arn:aws:states:us-east-1:123456789012:stateMachine:any"
    for target in (machine, "arn:aws:sagemaker:us-east-1:123456789012:pipeline/any"):
        with pytest.raises(ClientError, match=f"RoleArn is required for target {target}."):
            events.put_targets(Rule=name, Targets=[{"Id": "it", "Arn": target}])
    events.put_targets(Rule=name, Targets=[{"Id": "it", "Arn": machine, "RoleArn": arn}])


def put_rule(local_aws: LocalAws, arn: str) -> None:
    local_aws.client("events").put_rule(
        Name=new_name("rule"), ScheduleExpression="rate(9 days)", RoleArn=arn
    )


def create_stack(local_aws: LocalAws, arn: str) -> None:
    stacks.create(
        local_aws, stacks.new_name(), {"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}, RoleARN=arn
    )


BY_LAMBDA = (
    "InvalidParameterValueException",
    "The role defined for the function cannot be assumed by Lambda.",
)
BY_SCHEDULER = (
    "ValidationException",
    "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
)
BY_EVENTS = (
    "ValidationException",
    "Provided role '{arn}' cannot be assumed by principal 'events.amazonaws.com'.",
)


@pytest.mark.parametrize("is_there", [True, False], ids=["of EC2", "of nobody"])
@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        (create_function, *BY_LAMBDA),
        (update_function, *BY_LAMBDA),
        (create_schedule, *BY_SCHEDULER),
        (put_rule, *BY_EVENTS),
        (put_target, *BY_EVENTS),
        (create_stack, "ValidationError", "Role {arn} is invalid or cannot be assumed"),
    ],
)
def test_every_service_refuses_it_in_its_own_words(
    local_aws: LocalAws, call: Callable[..., None], code: str, words: str, is_there: bool
) -> None:
    nobodys = "arn:aws:iam::123456789012:role/nobody-has-made-it"
    arn = role(local_aws, statement(EC2)) if is_there else nobodys
    with pytest.raises(ClientError) as refused:
        call(local_aws, arn)
    error = refused.value.response["Error"]
    assert (error["Code"], error["Message"]) == (code, words.format(arn=arn))


@pytest.mark.parametrize(
    ("service", "call"),
    [
        ("lambda", create_function),
        ("scheduler", create_schedule),
        ("events", put_target),
        ("cloudformation", create_stack),
    ],
)
def test_role_that_trusts_the_service_is_taken(
    local_aws: LocalAws, service: str, call: Callable[..., None]
) -> None:
    call(local_aws, role(local_aws, statement({"Service": f"{service}.amazonaws.com"})))
