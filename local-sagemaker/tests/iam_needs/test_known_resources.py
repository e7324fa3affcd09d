"""What local AWS tells of an account's resources, which permissions depend on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from local_sagemaker.iam.needs.known import Fact
from local_sagemaker.services.known_resources import KnownResources
from moto import mock_aws

from tests.iam_needs.asking import ACCOUNT

REGION = "us-east-1"


def client(service: str) -> Any:
    keys = {"aws_access_key_id": "id", "aws_secret_access_key": "secret"}
    made: Any = boto3.client
    return made(service, region_name=REGION, **keys)


@pytest.fixture
def key() -> Iterator[str]:
    """The ARN of a customer managed key with the alias `alias/shop`, in an account of moto's."""
    with mock_aws():
        made = client("kms").create_key()["KeyMetadata"]
        client("kms").create_alias(AliasName="alias/shop", TargetKeyId=made["KeyId"])
        yield made["Arn"]


def look_up(fact: Fact, name: str) -> str | None:
    return KnownResources(ACCOUNT).look_up(fact, name, REGION)


@pytest.mark.parametrize("named", ["alias/shop", "id", "arn"])
def test_the_key_of_whatever_is_encrypted_with_it(key: str, named: str) -> None:
    name = {"id": key.rpartition("/")[2], "arn": key}.get(named, named)
    rule = {
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": name}
    }
    client("s3").create_bucket(Bucket="data")
    client("s3").put_bucket_encryption(
        Bucket="data", ServerSideEncryptionConfiguration={"Rules": [rule]}
    )
    client("s3").put_object(Bucket="data", Key="a/b.csv", Body=b"")
    client("sqs").create_queue(QueueName="orders", Attributes={"KmsMasterKeyId": name})
    topic = client("sns").create_topic(Name="news", Attributes={"KmsMasterKeyId": name})["TopicArn"]
    client("secretsmanager").create_secret(Name="token", SecretString="x", KmsKeyId=name)
    client("ssm").put_parameter(Name="/a/b", Value="x", Type="SecureString", KeyId=name)

    assert look_up("key of a bucket", "data") == key
    assert look_up("key of an object", "data/a/b.csv") == key
    assert look_up("key of a queue", f"arn:aws:sqs:{REGION}:{ACCOUNT}:orders") == key
    assert look_up("key of a topic", topic) == key
    assert look_up("key of a secret", "token") == key
    assert look_up("key of a parameter", "a/b") == key
    assert look_up("key of an alias", "alias/shop") == key


def test_keys_of_awss_own_need_no_permission(key: str) -> None:
    topic = client("sns").create_topic(Name="n", Attributes={"KmsMasterKeyId": "alias/aws/sns"})
    client("secretsmanager").create_secret(Name="token", SecretString="x")

    assert look_up("key of a topic", topic["TopicArn"]) is None
    assert look_up("key of a secret", "token") is None
    assert look_up("key of an alias", "alias/aws/s3") is None


def test_names_become_arns(key: str) -> None:
    made = client("iam").create_role(RoleName="r", Path="/a/", AssumeRolePolicyDocument="{}")
    secret = client("secretsmanager").create_secret(Name="token", SecretString="x")

    assert look_up("role", "r") == made["Role"]["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/a/r"
    assert look_up("secret", "token") == secret["ARN"]


@pytest.mark.parametrize(
    ("fact", "name"),
    [
        ("key of a bucket", "gone"),
        ("key of an object", "gone/a"),
        ("key of an alias", "alias/gone"),
        ("key of a queue", f"arn:aws:sqs:{REGION}:{ACCOUNT}:gone"),
        ("key of a secret", "gone"),
        ("function of a mapping", "gone"),
        ("role", "gone"),
        ("user", "gone"),
    ],
)
def test_what_is_not_there_is_none(key: str, fact: Fact, name: str) -> None:
    assert look_up(fact, name) is None
