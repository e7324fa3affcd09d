"""Calls of roles and users are answered only if IAM's policies allow them, in AWS's own words."""

from __future__ import annotations

import json
import uuid
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

ACCOUNT = "123456789012"


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return allow(action, resource, **more) | {"Effect": "Deny"}


def role(local_aws: LocalAws, *statements: dict[str, Any], **more: Any) -> str:
    """The name of a role that anybody of the account may take on."""
    iam, name = local_aws.client("iam"), f"role-{uuid.uuid4().hex[:8]}"
    trust = policy({"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"})
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust, **more)
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=policy(*statements))
    return name


def session(local_aws: LocalAws, name: str, **more: Any) -> boto3.Session:
    arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
    sts = local_aws.client("sts")
    keys = sts.assume_role(RoleArn=arn, RoleSessionName="test", **more)["Credentials"]
    make: Any = boto3.Session
    session: boto3.Session = make(
        keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], "us-east-1"
    )
    return session


def client(local_aws: LocalAws, service: str, *statements: dict[str, Any]) -> tuple[Any, str]:
    """A client of a new role with these statements, and who it is."""
    name = role(local_aws, *statements)
    make: Any = session(local_aws, name).client
    who = f"arn:aws:sts::{ACCOUNT}:assumed-role/{name}/test"
    return make(service, endpoint_url=local_aws.endpoint_url), who


def client_of_user(
    local_aws: LocalAws, service: str, *statements: dict[str, Any]
) -> tuple[Any, str]:
    """A client of a new user with these statements, and who it is."""
    iam, name = local_aws.client("iam"), f"user-{uuid.uuid4().hex[:8]}"
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName="inline", PolicyDocument=policy(*statements))
    keys = iam.create_access_key(UserName=name)["AccessKey"]
    make: Any = boto3.Session
    session = make(keys["AccessKeyId"], keys["SecretAccessKey"], region_name="us-east-1")
    made = session.client(service, endpoint_url=local_aws.endpoint_url)
    return made, f"arn:aws:iam::{ACCOUNT}:user/{name}"


@pytest.fixture(scope="module")
def bucket(local_aws: LocalAws) -> str:
    s3, name = local_aws.client("s3"), f"bucket-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="runs/plan.json", Body=b"{}")
    return name


def test_denied_call_is_told_who_what_and_why(local_aws: LocalAws, bucket: str) -> None:
    s3, who = client(local_aws, "s3", allow("s3:ListBucket"))
    with pytest.raises(ClientError) as refused:
        s3.get_object(Bucket=bucket, Key="runs/plan.json")
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert refused.value.response["Error"] == {
        "Code": "AccessDenied",
        "Message": f"User: {who} is not authorized to perform: s3:GetObject on resource: "
        f'"arn:aws:s3:::{bucket}/runs/plan.json" because no identity-based policy allows the '
        "s3:GetObject action",
    }


CALLS = [
    ("sagemaker", "describe_model", {"ModelName": "m"}, "AccessDeniedException", 400,
     "sagemaker:DescribeModel on resource: arn:aws:sagemaker:us-east-1:123456789012:model/m "),
    ("lambda", "get_function", {"FunctionName": "f"}, "AccessDeniedException", 403,
     "lambda:GetFunction on resource: arn:aws:lambda:us-east-1:123456789012:function:f "),
    ("sns", "publish", {"TopicArn": "arn:aws:sns:us-east-1:123456789012:t", "Message": "m"},
     "AuthorizationError", 403,
     "SNS:Publish on resource: arn:aws:sns:us-east-1:123456789012:t "),
    ("sqs", "send_message",
     {"QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/q", "MessageBody": "m"},
     "AccessDenied", 403,
     "sqs:sendmessage on resource: arn:aws:sqs:us-east-1:123456789012:q "),
    ("iam", "list_roles", {}, "AccessDenied", 403, "iam:ListRoles"),
    ("stepfunctions", "list_executions",
     {"stateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:s"},
     "AccessDeniedException", 400,
     "states:ListExecutions on resource: "
     "arn:aws:states:us-east-1:123456789012:stateMachine:s "),
    ("cloudwatch", "describe_alarms", {}, "AccessDenied", 403, "cloudwatch:DescribeAlarms"),
    ("ssm", "get_parameter", {"Name": "/a/b"}, "AccessDeniedException", 400,
     "ssm:GetParameter on resource: arn:aws:ssm:us-east-1:123456789012:parameter/a/b "),
    ("scheduler", "get_schedule", {"Name": "s"}, "AccessDeniedException", 403,
     "scheduler:GetSchedule on resource: "
     "arn:aws:scheduler:us-east-1:123456789012:schedule/default/s "),
    ("ec2", "describe_vpcs", {}, "UnauthorizedOperation", 403, "ec2:DescribeVpcs"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "code", "status", "words"),
    CALLS,
    ids=[call[0] for call in CALLS],
)
def test_each_service_has_its_code(
    local_aws: LocalAws,
    service: str,
    operation: str,
    parameters: dict[str, Any],
    code: str,
    status: int,
    words: str,
) -> None:
    asked, who = client(local_aws, service)
    with pytest.raises(ClientError) as refused:
        getattr(asked, operation)(**parameters)
    error = refused.value.response["Error"]
    assert error["Message"].startswith(f"User: {who} is not authorized to perform: {words}"), error
    assert error["Code"] == code
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


def test_allowed_call_is_answered(local_aws: LocalAws, bucket: str) -> None:
    s3, _ = client(local_aws, "s3", allow("s3:GetObject", f"arn:aws:s3:::{bucket}/runs/*"))
    assert s3.get_object(Bucket=bucket, Key="runs/plan.json")["Body"].read() == b"{}"
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.put_object(Bucket=bucket, Key="runs/plan.json", Body=b"")


def test_deny_that_asks_for_tls_does_not_count_here(local_aws: LocalAws, bucket: str) -> None:
    without_tls = {"Bool": {"aws:SecureTransport": "false"}}
    s3, _ = client(local_aws, "s3", allow("s3:*"), deny("s3:*", Condition=without_tls))
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 1


def test_boundary_and_session_policy_limit_a_role(local_aws: LocalAws, bucket: str) -> None:
    iam, everything = local_aws.client("iam"), allow("*")
    boundary = iam.create_policy(
        PolicyName=f"boundary-{uuid.uuid4().hex[:8]}", PolicyDocument=policy(allow("sqs:*"))
    )["Policy"]["Arn"]
    limited = role(local_aws, everything, PermissionsBoundary=boundary)
    make: Any = session(local_aws, limited).client
    with pytest.raises(ClientError, match="no permissions boundary allows the s3:ListBucket"):
        make("s3", endpoint_url=local_aws.endpoint_url).list_objects_v2(Bucket=bucket)
    free = role(local_aws, everything)
    make = session(local_aws, free, Policy=policy(allow("sqs:*"))).client
    with pytest.raises(ClientError, match="no session policy allows the s3:ListBucket action"):
        make("s3", endpoint_url=local_aws.endpoint_url).list_objects_v2(Bucket=bucket)


def test_policy_of_a_bucket_may_let_a_role_in_and_keep_it_out(
    local_aws: LocalAws, bucket: str
) -> None:
    name = role(local_aws)
    reader: Any = session(local_aws, name).client
    s3 = reader("s3", endpoint_url=local_aws.endpoint_url)
    who = {"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/{name}"}}
    everything = f"arn:aws:s3:::{bucket}/*"
    owner: Any = local_aws.client("s3")
    lets_in = policy(allow("s3:GetObject", everything) | who)
    owner.put_bucket_policy(Bucket=bucket, Policy=lets_in)
    assert s3.get_object(Bucket=bucket, Key="runs/plan.json")["Body"].read() == b"{}"
    local_aws.client("iam").put_role_policy(
        RoleName=name, PolicyName="inline", PolicyDocument=policy(allow("s3:*"))
    )
    owner.put_bucket_policy(Bucket=bucket, Policy=policy(deny("s3:Get*", everything) | who))
    with pytest.raises(ClientError, match="with an explicit deny in a resource-based policy"):
        s3.get_object(Bucket=bucket, Key="runs/plan.json")
    owner.delete_bucket_policy(Bucket=bucket)


def test_user_has_what_its_groups_have_and_owner_is_free(local_aws: LocalAws, bucket: str) -> None:
    iam, name = local_aws.client("iam"), f"user-{uuid.uuid4().hex[:8]}"
    iam.create_user(UserName=name)
    keys = iam.create_access_key(UserName=name)["AccessKey"]
    make: Any = boto3.client
    s3 = make(
        "s3",
        region_name="us-east-1",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        endpoint_url=local_aws.endpoint_url,
    )
    with pytest.raises(ClientError, match=rf"User: arn:aws:iam::{ACCOUNT}:user/{name} is not"):
        s3.list_buckets()
    iam.create_group(GroupName=name)
    own = "arn:aws:s3:::*/home/${aws:username}"
    readers = policy(allow("s3:ListAllMyBuckets"), allow("s3:PutObject", own))
    iam.put_group_policy(GroupName=name, PolicyName="p", PolicyDocument=readers)
    iam.add_user_to_group(GroupName=name, UserName=name)
    assert s3.list_buckets()["Buckets"]
    s3.put_object(Bucket=bucket, Key=f"home/{name}", Body=b"")
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.put_object(Bucket=bucket, Key="home/somebody", Body=b"")
    local_aws.client("s3").delete_object(Bucket=bucket, Key=f"home/{name}")


def test_session_of_a_user_has_the_users_rights_and_none_once_it_is_gone(
    local_aws: LocalAws, bucket: str
) -> None:
    iam, name = local_aws.client("iam"), f"user-{uuid.uuid4().hex[:8]}"
    iam.create_user(UserName=name)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    iam.put_user_policy(
        UserName=name, PolicyName="p", PolicyDocument=policy(allow("s3:ListBucket"))
    )
    reach: Any = {"region_name": "us-east-1", "endpoint_url": local_aws.endpoint_url}
    own = {
        "aws_access_key_id": key["AccessKeyId"],
        "aws_secret_access_key": key["SecretAccessKey"],
    }
    make: Any = boto3.client
    begun = make("sts", **reach, **own).get_session_token()["Credentials"]
    s3 = make(
        "s3",
        **reach,
        aws_access_key_id=begun["AccessKeyId"],
        aws_secret_access_key=begun["SecretAccessKey"],
        aws_session_token=begun["SessionToken"],
    )
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 1
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.get_object(Bucket=bucket, Key="runs/plan.json")
    iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.list_objects_v2(Bucket=bucket)


def test_deleted_object_of_a_bucket_with_versions_is_missing_for_a_role(
    local_aws: LocalAws,
) -> None:
    owner: Any = local_aws.client("s3")
    name = f"versioned-{uuid.uuid4().hex[:8]}"
    owner.create_bucket(Bucket=name)
    versions = {"Status": "Enabled"}
    owner.put_bucket_versioning(Bucket=name, VersioningConfiguration=versions)
    owner.put_object(Bucket=name, Key="plan.json", Body=b"{}")
    owner.delete_object(Bucket=name, Key="plan.json")
    s3, _ = client(local_aws, "s3", allow("s3:*"))
    with pytest.raises(ClientError, match="NoSuchKey"):
        s3.get_object(Bucket=name, Key="plan.json")
