"""Functions, state machines, jobs, models, schedules and rules act in their roles alone."""

from __future__ import annotations

import json
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function, invoke
from tests.local_aws.machine import finish, jsonata
from tests.local_sagemaker.roles import TRUST
from tests.local_sagemaker.server import IMAGE

ACCOUNT = "123456789012"
CALL = """
import boto3
def handler(event, context):
    client = boto3.client(event["service"])
    answer = getattr(client, event["operation"])(**event["parameters"])
    return {"Arn": answer.get("Arn")}
"""


def allow(action: Any, resource: Any = "*") -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def role(local_aws: LocalAws, *statements: dict[str, Any]) -> str:
    """The ARN of a role of the services that may do this and nothing else."""
    iam, name = local_aws.client("iam"), f"worker-{uuid.uuid4().hex[:8]}"
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))
    policy = {"Version": "2012-10-17", "Statement": list(statements)}
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="work", PolicyDocument=json.dumps(policy))
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def session(role: str, name: str) -> str:
    return f"arn:aws:sts::{ACCOUNT}:assumed-role/{role.rpartition('/')[2]}/{name}"


def called(local_aws: LocalAws, function: str, service: str, operation: str, **given: Any) -> Any:
    event = {"service": service, "operation": operation, "parameters": given}
    return invoke(local_aws, function, event)[1]


@pytest.fixture(scope="module")
def bucket(local_aws: LocalAws) -> str:
    s3, name = local_aws.client("s3"), f"bucket-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=name)
    rows = "".join(f"{row % 2},{row},{row % 7}\n" for row in range(100))
    s3.put_object(Bucket=name, Key="train/rows.csv", Body=rows.encode())
    return name


def test_function_is_a_session_of_its_role_under_its_name(local_aws: LocalAws) -> None:
    arn = role(local_aws)
    function = create_function(local_aws, CALL, Role=arn)
    assert called(local_aws, function, "sts", "get_caller_identity")["Arn"] == session(
        arn, function
    )
    answer = called(local_aws, function, "s3", "list_buckets")
    assert f"User: {session(arn, function)} is not authorized" in answer["errorMessage"]


def test_function_has_the_rights_of_a_role_that_it_is_given_later(local_aws: LocalAws) -> None:
    function = create_function(local_aws, CALL, Role=role(local_aws))
    assert "errorMessage" in called(local_aws, function, "s3", "list_buckets")
    local_aws.client("lambda").update_function_configuration(
        FunctionName=function, Role=role(local_aws, allow("s3:ListAllMyBuckets"))
    )
    assert "errorMessage" not in called(local_aws, function, "s3", "list_buckets")


def test_role_has_to_be_passed_by_who_makes_a_model_with_it(
    local_aws: LocalAws, bucket: str
) -> None:
    """And its model's data be read by the role itself."""
    reader = role(local_aws)
    name = f"model-{uuid.uuid4().hex[:8]}"
    container = {"Image": IMAGE, "ModelDataUrl": f"s3://{bucket}/train/rows.csv"}
    request = {"ModelName": name, "ExecutionRoleArn": reader, "PrimaryContainer": container}
    creates = allow("sagemaker:CreateModel", f"arn:aws:sagemaker:*:*:model/{name}")
    maker = create_function(local_aws, CALL, Role=role(local_aws, creates))
    refused = called(local_aws, maker, "sagemaker", "create_model", **request)["errorMessage"]
    assert f"is not authorized to perform: iam:PassRole on resource: {reader} because" in refused
    passes = allow("iam:PassRole", reader) | {
        "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
    }
    maker = create_function(local_aws, CALL, Role=role(local_aws, creates, passes))
    refused = called(local_aws, maker, "sagemaker", "create_model", **request)["errorMessage"]
    assert "Could not find model data" in refused
    with pytest.raises(ClientError, match="Could not find model data"):
        local_aws.client("sagemaker").create_model(**request)


def test_task_fails_that_the_machines_role_may_not_do(local_aws: LocalAws, bucket: str) -> None:
    arn = role(local_aws, allow("s3:ListAllMyBuckets"))
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:s3:listObjectsV2",
        "Arguments": {"Bucket": bucket},
        "End": True,
    }
    machines = local_aws.client("stepfunctions")
    machine = machines.create_state_machine(
        name=f"machine-{uuid.uuid4().hex[:8]}",
        definition=json.dumps(jsonata({"List": task})),
        roleArn=arn,
    )["stateMachineArn"]
    execution = machines.start_execution(stateMachineArn=machine)["executionArn"]
    ended = finish(local_aws, execution)
    assert f"{session(arn, '')}" in ended["cause"]
    assert "no identity-based policy allows the s3:ListBucket action" in ended["cause"]


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ("s3:GetObject", "Data download failed: Forbidden"),  # the answer to HEAD has no words
        ("s3:PutObject", "is not authorized to perform: s3:PutObject on resource"),
    ],
    ids=["reads", "writes"],
)
def test_job_reads_and_writes_with_its_own_role_alone(
    local_aws: LocalAws, bucket: str, missing: str, reason: str
) -> None:
    actions = {"s3:GetObject", "s3:ListBucket", "s3:PutObject"} - {missing}
    name, sagemaker = f"job-{uuid.uuid4().hex[:8]}", local_aws.client("sagemaker")
    source = {"S3DataType": "S3Prefix", "S3Uri": f"s3://{bucket}/train"}
    sagemaker.create_training_job(
        TrainingJobName=name,
        RoleArn=role(local_aws, allow(sorted(actions))),
        AlgorithmSpecification={"TrainingImage": IMAGE, "TrainingInputMode": "File"},
        HyperParameters={"objective": "binary:logistic", "num_round": "2"},
        InputDataConfig=[
            {
                "ChannelName": "train",
                "ContentType": "text/csv",
                "DataSource": {"S3DataSource": source},
            }
        ],
        OutputDataConfig={"S3OutputPath": f"s3://{bucket}/models"},
        ResourceConfig={
            "InstanceType": "ml.m5.large",
            "InstanceCount": 1,
            "VolumeSizeInGB": 1,
        },
        StoppingCondition={"MaxRuntimeInSeconds": 600},
    )
    waiter = sagemaker.get_waiter("training_job_completed_or_stopped")
    with pytest.raises(Exception, match="Failed"):
        waiter.wait(TrainingJobName=name, WaiterConfig={"Delay": 1})
    failed = sagemaker.describe_training_job(TrainingJobName=name)["FailureReason"]
    assert reason in failed


def test_schedule_starts_nothing_that_its_role_may_not_start(local_aws: LocalAws) -> None:
    """It gives up, and tells the dead-letter queue, for which it needs a right too."""
    sqs = local_aws.client("sqs")
    url = sqs.create_queue(QueueName=f"dead-{uuid.uuid4().hex[:8]}")["QueueUrl"]
    queue = f"arn:aws:sqs:us-east-1:{ACCOUNT}:{url.rpartition('/')[2]}"
    function = create_function(local_aws, "def handler(event, context): pass")
    target = local_aws.client("lambda").get_function(FunctionName=function)["Configuration"]
    due = datetime.now(UTC) + timedelta(seconds=2)
    local_aws.client("scheduler").create_schedule(
        Name=f"schedule-{uuid.uuid4().hex[:8]}",
        ScheduleExpression=f"at({due:%Y-%m-%dT%H:%M:%S})",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": target["FunctionArn"],
            "RoleArn": role(local_aws, allow("sqs:SendMessage", queue)),
            "DeadLetterConfig": {"Arn": queue},
        },
    )
    (message,) = sqs.receive_message(
        QueueUrl=url, WaitTimeSeconds=20, MessageAttributeNames=["All"]
    )["Messages"]
    told = message["MessageAttributes"]["ERROR_MESSAGE"]["StringValue"]
    assert (
        f"is not authorized to perform: lambda:InvokeFunction on resource: {target['FunctionArn']}"
        in told
    )


@pytest.mark.parametrize("source", ["nightly", "*"], ids=["another rule", "every rule"])
def test_queue_gets_what_its_policy_lets_a_rule_send(local_aws: LocalAws, source: str) -> None:
    rules = f"arn:aws:events:us-east-1:{ACCOUNT}:rule/{source}"
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "*",
        "Condition": {
            "ArnLike": {"aws:SourceArn": rules},
            "StringEquals": {"aws:SourceAccount": ACCOUNT},
        },
    }
    name, sqs = f"told-{uuid.uuid4().hex[:8]}", local_aws.client("sqs")
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    url = sqs.create_queue(QueueName=name, Attributes={"Policy": policy})["QueueUrl"]
    events = local_aws.client("events")
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
    arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:{name}"
    retries = {"MaximumRetryAttempts": 0}
    events.put_targets(Rule=name, Targets=[{"Id": "q", "Arn": arn, "RetryPolicy": retries}])
    events.put_events(Entries=[{"Source": name, "DetailType": "t", "Detail": "{}"}])
    time.sleep(0.5)
    received = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=3)
    assert ("Messages" in received) is (source == "*")
