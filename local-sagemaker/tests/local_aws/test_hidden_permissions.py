"""Permissions that AWS asks for and the name of a call does not tell: keys, rules, tokens."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.machine import start
from tests.local_aws.test_permissions import ACCOUNT, allow, client, policy

RULE = (
    f"arn:aws:events:us-east-1:{ACCOUNT}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"
)
WAITS = {
    "StartAt": "Child",
    "States": {
        "Child": {
            "Type": "Task",
            "Resource": "arn:aws:states:::states:startExecution.sync:2",
            "Parameters": {
                "StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:c"
            },
            "End": True,
        }
    },
}


def state_machine_role(local_aws: LocalAws, *statements: dict[str, Any]) -> str:
    iam, name = local_aws.client("iam"), f"machine-{uuid.uuid4().hex[:8]}"
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": "states.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=policy(*statements))
    return str(made["Role"]["Arn"])


def make_machine(local_aws: LocalAws, role: str) -> None:
    local_aws.client("stepfunctions").create_state_machine(
        name=f"waits-{uuid.uuid4().hex[:8]}", definition=json.dumps(WAITS), roleArn=role
    )


def test_a_machine_that_waits_for_another_needs_the_rule_that_tells_of_its_end(
    local_aws: LocalAws,
) -> None:
    """serverless-operations/serverless-step-functions#385."""
    role = state_machine_role(local_aws, allow(["events:PutRule", "events:DescribeRule"], RULE))

    with pytest.raises(ClientError) as refused:
        make_machine(local_aws, role)

    assert refused.value.response["Error"] == {
        "Code": "AccessDeniedException",
        "Message": f"'{role}' is not authorized to create managed-rule.",
    }


def test_with_all_rights_on_the_rule_it_is_made(local_aws: LocalAws) -> None:
    rights = ["events:PutTargets", "events:PutRule", "events:DescribeRule"]

    make_machine(local_aws, state_machine_role(local_aws, allow(rights, RULE)))


def test_an_encrypted_object_needs_the_key_too(local_aws: LocalAws) -> None:
    key = local_aws.client("kms").create_key()["KeyMetadata"]["Arn"]
    s3, bucket = local_aws.client("s3"), f"bucket-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=bucket)
    s3.put_object(
        Bucket=bucket, Key="a", Body=b"1", ServerSideEncryption="aws:kms", SSEKMSKeyId=key
    )
    reader, who = client(local_aws, "s3", allow("s3:*"))
    holder, _ = client(local_aws, "s3", allow("s3:*"), allow("kms:Decrypt", key))

    with pytest.raises(ClientError) as refused:
        reader.get_object(Bucket=bucket, Key="a")

    assert refused.value.response["Error"]["Message"].startswith(
        f"User: {who} is not authorized to perform: kms:Decrypt on resource: {key} "
    )
    assert holder.get_object(Bucket=bucket, Key="a")["Body"].read() == b"1"


def test_a_token_is_answered_by_whoever_may_answer_its_machine(local_aws: LocalAws) -> None:
    """aws/aws-cdk#8486: the resource is the state machine, though the reference names none."""
    queue = local_aws.client("sqs").create_queue(QueueName=f"tokens-{uuid.uuid4().hex[:8]}")
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": queue["QueueUrl"], "MessageBody.$": "$$.Task.Token"},
        "End": True,
    }
    execution = start(local_aws, {"StartAt": "Ask", "States": {"Ask": task}})
    received = local_aws.client("sqs").receive_message(
        QueueUrl=queue["QueueUrl"], WaitTimeSeconds=20
    )
    token = received["Messages"][0]["Body"]
    machine = execution.replace(":execution:", ":stateMachine:").rpartition(":")[0]
    other, _ = client(local_aws, "stepfunctions", allow("states:SendTaskSuccess", f"{machine}x"))
    own, _ = client(local_aws, "stepfunctions", allow("states:SendTaskSuccess", machine))

    with pytest.raises(ClientError, match=f"states:SendTaskSuccess on resource: {machine} "):
        other.send_task_success(taskToken=token, output="1")
    own.send_task_success(taskToken=token, output="1")


def test_a_secret_and_a_parameter_under_a_key_need_the_key_too(local_aws: LocalAws) -> None:
    key = local_aws.client("kms").create_key()["KeyMetadata"]["Arn"]
    secrets, who = client(local_aws, "secretsmanager", allow("secretsmanager:*"))
    parameters, _ = client(local_aws, "ssm", allow("ssm:*"))
    name = f"secret-{uuid.uuid4().hex[:8]}"
    denied = f"not authorized to perform: kms:GenerateDataKey on resource: {key} "

    with pytest.raises(ClientError, match=f"{who} is {denied}"):
        secrets.create_secret(Name=name, SecretString="s", KmsKeyId=key)

    secret = {"Name": name, "Value": "s", "Type": "SecureString", "KeyId": key}
    with pytest.raises(ClientError, match=f"perform: kms:Encrypt on resource: {key} "):
        parameters.put_parameter(**secret)
    local_aws.client("ssm").put_parameter(**secret)
    parameters.get_parameter(Name=name)  # as it is encrypted
    with pytest.raises(ClientError, match=f"perform: kms:Decrypt on resource: {key} "):
        parameters.get_parameter(Name=name, WithDecryption=True)


def test_what_a_key_has_closed_is_opened_by_whoever_may_use_that_key(local_aws: LocalAws) -> None:
    own = local_aws.client("kms")
    mine, other = (own.create_key()["KeyMetadata"]["Arn"] for _ in range(2))
    kms, _ = client(local_aws, "kms", allow("kms:Decrypt", mine))
    closed = {
        key: own.encrypt(KeyId=key, Plaintext=b"1")["CiphertextBlob"] for key in (mine, other)
    }
    assert kms.decrypt(CiphertextBlob=closed[mine])["Plaintext"] == b"1"
    with pytest.raises(ClientError, match=f"kms:Decrypt on resource: {other} "):
        kms.decrypt(CiphertextBlob=closed[other])
