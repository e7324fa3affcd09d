"""What a call concerns is told by more than its names: whoever asks, ARNs, headers, statements."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.test_permissions import ACCOUNT, allow, client, client_of_user, deny

MACHINE = f"arn:aws:states:us-east-1:{ACCOUNT}:stateMachine:shop"
LAYER = f"arn:aws:lambda:us-east-1:{ACCOUNT}:layer:numbers"
OWN = f"arn:aws:iam::{ACCOUNT}:user/" + "${aws:username}"
CALLS = [
    ("stepfunctions", "create_state_machine_alias",
     {"name": "live", "routingConfiguration": [
         {"stateMachineVersionArn": f"{MACHINE}:1", "weight": 100}]},
     f"states:CreateStateMachineAlias on resource: {MACHINE} "),
    ("stepfunctions", "start_execution", {"stateMachineArn": f"{MACHINE}:live"},
     f"states:StartExecution on resource: {MACHINE} "),
    ("lambda", "get_layer_version", {"LayerName": LAYER, "VersionNumber": 3},
     f"lambda:GetLayerVersion on resource: {LAYER}:3 "),
    ("lambda", "get_layer_version_by_arn", {"Arn": f"{LAYER}:3"},
     f"lambda:GetLayerVersion on resource: {LAYER}:3 "),
    ("dynamodb", "execute_statement", {"Statement": "SELECT * FROM \"shop.2\" WHERE a = 'FROM b'"},
     f"dynamodb:PartiQLSelect on resource: arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/shop.2 "),
]  # fmt: skip


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "denied"), CALLS, ids=[call[1] for call in CALLS]
)
def test_a_call_is_asked_for_on_what_it_concerns(
    local_aws: LocalAws, service: str, operation: str, parameters: dict[str, Any], denied: str
) -> None:
    asked, who = client(local_aws, service)
    with pytest.raises(ClientError) as refused:
        getattr(asked, operation)(**parameters)
    message = refused.value.response["Error"]["Message"]
    assert message.startswith(f"User: {who} is not authorized to perform: {denied}")


def test_publishing_a_version_is_a_right_of_its_own(local_aws: LocalAws) -> None:
    asked, _ = client(local_aws, "stepfunctions", allow("states:UpdateStateMachine"))
    with pytest.raises(ClientError, match=f"PublishStateMachineVersion on resource: {MACHINE} "):
        asked.update_state_machine(stateMachineArn=MACHINE, definition="{}", publish=True)


def test_a_user_who_is_not_named_is_whoever_asks(local_aws: LocalAws) -> None:
    actions = ["iam:GetUser", "iam:CreateAccessKey", "iam:ListAccessKeys", "iam:DeleteAccessKey"]
    iam, who = client_of_user(local_aws, "iam", allow(actions, OWN))
    assert iam.get_user()["User"]["Arn"] == who
    made = iam.create_access_key()["AccessKey"]
    assert made["UserName"] == who.rpartition("/")[2]
    assert len(iam.list_access_keys()["AccessKeyMetadata"]) == 2
    iam.delete_access_key(AccessKeyId=made["AccessKeyId"])
    strict, stranger = client_of_user(local_aws, "iam", deny("iam:*"))
    with pytest.raises(ClientError, match=f"iam:CreateAccessKey on resource: {stranger} "):
        strict.create_access_key()


def test_a_key_of_somebody_else_is_not_ones_own(local_aws: LocalAws) -> None:
    actions = ["iam:UpdateAccessKey", "iam:DeleteAccessKey"]
    iam, _ = client_of_user(local_aws, "iam", allow(actions, OWN))
    other, name = local_aws.client("iam"), f"user-{uuid.uuid4().hex[:8]}"
    arn = other.create_user(UserName=name)["User"]["Arn"]
    key = other.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
    with pytest.raises(ClientError, match=f"iam:DeleteAccessKey on resource: {arn} "):
        iam.delete_access_key(AccessKeyId=key)
    with pytest.raises(ClientError, match=f"iam:UpdateAccessKey on resource: {arn} "):
        iam.update_access_key(AccessKeyId=key, Status="Inactive")


@pytest.mark.parametrize(
    "grant", ["GrantFullControl", "GrantRead", "GrantReadACP", "GrantWriteACP"]
)
def test_who_grants_access_to_an_object_may_write_its_acl(local_aws: LocalAws, grant: str) -> None:
    s3, _ = client(local_aws, "s3", allow("s3:PutObject"))
    with pytest.raises(ClientError, match="not authorized to perform: s3:PutObjectAcl on"):
        s3.put_object(Bucket="any", Key="k", Body=b"", **{grant: 'uri="http://acs/AllUsers"'})


@pytest.mark.parametrize(
    ("more", "action"),
    [
        ({"ACL": "public-read"}, "PutBucketAcl"),
        ({"GrantWrite": 'id="1"'}, "PutBucketAcl"),
        ({"ObjectLockEnabledForBucket": True}, "PutBucketObjectLockConfiguration"),
        ({"ObjectOwnership": "ObjectWriter"}, "PutBucketOwnershipControls"),
    ],
    ids=["acl", "grant", "lock", "ownership"],
)
def test_who_makes_a_bucket_may_set_what_is_asked_for_with_it(
    local_aws: LocalAws, more: dict[str, Any], action: str
) -> None:
    s3, _ = client(local_aws, "s3", allow("s3:CreateBucket"))
    name = f"b-{uuid.uuid4().hex[:8]}"
    with pytest.raises(ClientError, match=f"not authorized to perform: s3:{action} on"):
        s3.create_bucket(Bucket=name, **more)
    s3.create_bucket(Bucket=name, ACL="private")


def test_a_statement_whose_table_is_read_in_two_ways_is_refused(local_aws: LocalAws) -> None:
    """moto takes x for its table."""
    dynamodb, _ = client(local_aws, "dynamodb", allow("dynamodb:*"))
    with pytest.raises(ClientError, match="may be read in two ways"):
        dynamodb.execute_statement(Statement="SELECT * FROM\"secret\" WHERE x = 'FROM open'")


def test_a_session_of_a_role_is_no_user(local_aws: LocalAws) -> None:
    iam, _ = client(local_aws, "iam", allow("iam:*"))
    for call in (iam.get_user, iam.create_access_key, iam.list_access_keys):
        with pytest.raises(ClientError, match="Must specify userName when calling with non-User"):
            call()
