"""What a session is given besides its keys: policies that limit it, tags, another name."""

from __future__ import annotations

import uuid
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.test_permissions import (
    ACCOUNT,
    allow,
    client,
    client_of_user,
    deny,
    policy,
    role,
    session,
)

LISTS = ["s3:ListAllMyBuckets", "sqs:ListQueues"]
TEAM = [{"Key": "team", "Value": "churn"}]


def managed(local_aws: LocalAws, *statements: dict[str, Any]) -> dict[str, str]:
    name = f"managed-{uuid.uuid4().hex[:8]}"
    made = local_aws.client("iam").create_policy(
        PolicyName=name, PolicyDocument=policy(*statements)
    )
    return {"arn": made["Policy"]["Arn"]}


def of_keys(local_aws: LocalAws, keys: dict[str, Any], service: str) -> Any:
    make: Any = boto3.Session
    begun = make(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], "us-east-1")
    return begun.client(service, endpoint_url=local_aws.endpoint_url)


def tagging_role(local_aws: LocalAws, *statements: dict[str, Any], **more: Any) -> str:
    """The name of a role that lets those who take it on tag their session."""
    iam, name = local_aws.client("iam"), f"role-{uuid.uuid4().hex[:8]}"
    actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
    trust = policy({"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": actions})
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust, **more)
    iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=policy(*statements))
    return name


def test_managed_policies_limit_a_session_of_a_role(local_aws: LocalAws) -> None:
    name = role(local_aws, allow(LISTS))
    limited: Any = session(local_aws, name, PolicyArns=[managed(local_aws, allow("sqs:*"))]).client
    s3 = limited("s3", endpoint_url=local_aws.endpoint_url)
    with pytest.raises(ClientError, match="no session policy allows the s3:ListAllMyBuckets"):
        s3.list_buckets()
    limited("sqs", endpoint_url=local_aws.endpoint_url).list_queues()
    both: Any = session(
        local_aws, name, Policy=policy(allow("s3:*")),
        PolicyArns=[managed(local_aws, allow("sqs:*"))],
    ).client  # fmt: skip
    both("s3", endpoint_url=local_aws.endpoint_url).list_buckets()


@pytest.mark.parametrize("text", ["no policy", '{"Statement": [{"Effect": "Maybe"}]}'])
def test_a_session_policy_that_is_none_is_refused(local_aws: LocalAws, text: str) -> None:
    with pytest.raises(ClientError) as refused:
        session(local_aws, role(local_aws), Policy=text)
    assert refused.value.response["Error"]["Code"] == "MalformedPolicyDocument"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    with pytest.raises(ClientError, match="MalformedPolicyDocument"):
        local_aws.client("sts").get_federation_token(Name="name", Policy=text)


def test_tags_of_a_session_stand_for_those_of_its_role(local_aws: LocalAws) -> None:
    own = {"StringEquals": {"aws:PrincipalTag/team": "churn"}}
    name = tagging_role(
        local_aws, allow("s3:ListAllMyBuckets", Condition=own), Tags=TEAM
    )  # fmt: skip
    plain: Any = session(local_aws, name).client
    plain("s3", endpoint_url=local_aws.endpoint_url).list_buckets()
    other: Any = session(local_aws, name, Tags=[{"Key": "Team", "Value": "fraud"}]).client
    with pytest.raises(ClientError, match="AccessDenied"):
        other("s3", endpoint_url=local_aws.endpoint_url).list_buckets()


@pytest.mark.parametrize(
    ("more", "action"),
    [({"Tags": TEAM}, "TagSession"), ({"SourceIdentity": "ada"}, "SetSourceIdentity")],
)
def test_tags_and_identity_need_the_right_of_whoever_asks_and_the_roles_trust(
    local_aws: LocalAws, more: dict[str, Any], action: str
) -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:role/{tagging_role(local_aws, allow('s3:*'))}"
    strict = f"arn:aws:iam::{ACCOUNT}:role/{role(local_aws, allow('s3:*'))}"
    lacks, who = client(local_aws, "sts", allow("sts:AssumeRole"))
    has, _ = client(local_aws, "sts", allow("sts:*"))
    has.assume_role(RoleArn=arn, RoleSessionName="test", **more)
    with pytest.raises(ClientError, match=f"{who} is not authorized to perform: sts:{action} on"):
        lacks.assume_role(RoleArn=arn, RoleSessionName="test", **more)
    with pytest.raises(ClientError, match=f"no resource-based policy allows the sts:{action}"):
        has.assume_role(RoleArn=strict, RoleSessionName="test", **more)


def test_a_policy_may_say_which_tags_a_session_gets(local_aws: LocalAws) -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:role/{tagging_role(local_aws, allow('s3:*'))}"
    churn = {"StringEquals": {"aws:RequestTag/team": "churn"}}
    taking, _ = client(
        local_aws, "sts", allow("sts:AssumeRole"), allow("sts:TagSession", Condition=churn)
    )
    taking.assume_role(RoleArn=arn, RoleSessionName="test", Tags=TEAM)
    with pytest.raises(ClientError, match="sts:TagSession"):
        taking.assume_role(
            RoleArn=arn, RoleSessionName="test", Tags=[{"Key": "team", "Value": "fraud"}]
        )


def test_transitive_tags_go_on_from_session_to_session(local_aws: LocalAws) -> None:
    own = {"StringEquals": {"aws:PrincipalTag/team": "churn"}}
    first = tagging_role(local_aws, allow("sts:*"))
    second = tagging_role(local_aws, allow("s3:ListAllMyBuckets", Condition=own))
    arn = f"arn:aws:iam::{ACCOUNT}:role/{second}"

    def chained(**more: Any) -> Any:
        begun: Any = session(local_aws, first, Tags=TEAM, **more).client
        return begun("sts", endpoint_url=local_aws.endpoint_url)

    going_on = chained(TransitiveTagKeys=["team"])
    keys = going_on.assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
    of_keys(local_aws, keys, "s3").list_buckets()
    with pytest.raises(ClientError, match="conflicts with a transitive tag key"):
        going_on.assume_role(RoleArn=arn, RoleSessionName="test", Tags=TEAM)
    keys = chained().assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
    with pytest.raises(ClientError, match="AccessDenied"):
        of_keys(local_aws, keys, "s3").list_buckets()


def test_a_federated_user_may_do_what_user_and_session_policy_allow(local_aws: LocalAws) -> None:
    statements = [allow(LISTS), allow("sts:GetFederationToken")]
    sts, _ = client_of_user(local_aws, "sts", *statements)
    who = f"arn:aws:sts::{ACCOUNT}:federated-user/ada"

    def begun(**more: Any) -> Any:
        keys = sts.get_federation_token(Name="ada", **more)["Credentials"]
        return lambda service: of_keys(local_aws, keys, service)

    limited = begun(Policy=policy(allow("s3:*"), deny("s3:GetObject")))
    assert limited("sts").get_caller_identity()["Arn"] == who
    limited("s3").list_buckets()
    with pytest.raises(ClientError, match=f"User: {who} .* no session policy allows the sqs:"):
        limited("sqs").list_queues()
    with pytest.raises(ClientError, match="no identity-based policy allows the s3:CreateBucket"):
        limited("s3").create_bucket(Bucket=f"b-{uuid.uuid4().hex[:8]}")
    with pytest.raises(ClientError, match="no session policy allows"):
        begun()("s3").list_buckets()
    begun(PolicyArns=[managed(local_aws, allow("s3:*"))])("s3").list_buckets()


def test_a_federated_user_of_the_owner_is_limited_too(local_aws: LocalAws) -> None:
    sts = local_aws.client("sts")
    keys = sts.get_federation_token(Name="ada", Policy=policy(allow("s3:*")))["Credentials"]
    of_keys(local_aws, keys, "s3").list_buckets()
    with pytest.raises(ClientError, match="no session policy allows"):
        of_keys(local_aws, keys, "sqs").list_queues()


def test_a_federated_user_is_named_and_tagged_by_whoever_may(local_aws: LocalAws) -> None:
    own = f"arn:aws:sts::{ACCOUNT}:federated-user/temp-*"
    sts, who = client_of_user(local_aws, "sts", allow("sts:GetFederationToken", own))
    sts.get_federation_token(Name="temp-ada")
    with pytest.raises(ClientError, match=r"GetFederationToken on resource: .*:federated-user/ada"):
        sts.get_federation_token(Name="ada")
    with pytest.raises(ClientError, match=f"sts:TagSession on resource: {who} "):
        sts.get_federation_token(Name="temp-ada", Tags=TEAM)


@pytest.mark.parametrize("operation", ["get_session_token", "get_federation_token"])
def test_a_session_cannot_begin_one_of_a_user(local_aws: LocalAws, operation: str) -> None:
    sts, _ = client(local_aws, "sts", allow("sts:*"))
    named = {"Name": "ada"} if "federation" in operation else {}
    with pytest.raises(ClientError, match="with session credentials") as refused:
        getattr(sts, operation)(**named)
    assert refused.value.response["Error"]["Code"] == "AccessDenied"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_a_federated_user_of_a_user_who_is_gone_may_do_nothing(local_aws: LocalAws) -> None:
    statements = [allow(LISTS), allow("sts:GetFederationToken")]
    sts, who = client_of_user(local_aws, "sts", *statements)
    keys = sts.get_federation_token(Name="ada", Policy=policy(allow("*")))["Credentials"]
    iam, name = local_aws.client("iam"), who.rpartition("/")[2]
    for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    with pytest.raises(
        ClientError, match=r"federated-user/ada is not authorized .* identity-based"
    ):
        of_keys(local_aws, keys, "s3").list_buckets()
