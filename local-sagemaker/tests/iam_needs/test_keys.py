"""Keys of KMS: those that a call names, and those that a service uses in the caller's name."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.iam.needs import needs_of
from local_sagemaker.iam.needs.known import Fact

from tests.iam_needs.asking import ACCOUNT, REGION, arn

KEY = arn("kms", "key/1")
OTHER = "arn:aws:kms:us-east-1:210987654321:key/2"
QUEUE = arn("sqs", "orders")
TOPIC = arn("sns", "news")


class Encrypted:
    """An account in which everything that is asked about has the key KEY."""

    def look_up(self, fact: Fact, name: str, region: str) -> str | None:
        return KEY if fact.startswith("key of") else None


def asked(service: str, operation: str, **parameters: Any) -> list[str]:
    needs = needs_of(service, operation, parameters, REGION, ACCOUNT, Encrypted())
    return [f"{each.action} {each.resource}" for each in needs if each.action.startswith("kms:")]


@pytest.mark.parametrize(
    ("operation", "parameters", "actions"),
    [
        ("GetObject", {}, ["Decrypt"]),
        ("PutObject", {}, ["GenerateDataKey"]),
        ("PutObject", {"ServerSideEncryption": "aws:kms"}, ["GenerateDataKey"]),
        ("PutObject", {"ServerSideEncryption": "AES256"}, []),
        ("UploadPart", {}, ["GenerateDataKey", "Decrypt"]),
        ("CompleteMultipartUpload", {}, ["Decrypt"]),
        ("GetObjectTagging", {}, []),
        ("DeleteObject", {}, []),
    ],
)
def test_s3_uses_the_key_of_the_object_or_of_the_bucket(
    operation: str, parameters: dict[str, Any], actions: list[str]
) -> None:
    needed = asked("s3", operation, Bucket="data", Key="a", **parameters)

    assert needed == [f"kms:{action} {KEY}" for action in actions]


def test_what_is_written_with_a_key_of_its_own_needs_that_key() -> None:
    needed = asked("s3", "PutObject", Bucket="data", Key="a", SSEKMSKeyId=OTHER)

    assert needed == [f"kms:GenerateDataKey {OTHER}"]


def test_a_copy_opens_one_object_and_closes_another() -> None:
    needed = asked("s3", "CopyObject", Bucket="data", Key="b", CopySource="data/a")

    assert needed == [f"kms:GenerateDataKey {KEY}", f"kms:Decrypt {KEY}"]


def test_a_key_is_used_for_an_object_and_by_s3() -> None:
    *_, need = needs_of("s3", "GetObject", {"Bucket": "data", "Key": "a"}, REGION, ACCOUNT,
                        Encrypted())  # fmt: skip

    assert need.context == {
        "kms:viaservice": ("s3.eu-west-1.amazonaws.com",),
        "kms:calleraccount": (ACCOUNT,),
        "kms:encryptioncontext:aws:s3:arn": ("arn:aws:s3:::data/a",),
        "kms:encryptioncontextkeys": ("aws:s3:arn",),
    }


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "actions"),
    [
        ("sqs", "SendMessage", {"QueueUrl": "http://h/123456789012/orders"},
         ["GenerateDataKey", "Decrypt"]),
        ("sqs", "ReceiveMessage", {"QueueUrl": "http://h/123456789012/orders"}, ["Decrypt"]),
        ("sns", "Publish", {"TopicArn": TOPIC}, ["GenerateDataKey", "Decrypt"]),
        ("secretsmanager", "GetSecretValue", {"SecretId": "s"}, ["Decrypt"]),
        ("secretsmanager", "BatchGetSecretValue", {"SecretIdList": ["s"]}, ["Decrypt"]),
        ("secretsmanager", "CreateSecret", {"Name": "s", "KmsKeyId": "alias/shop"},
         ["GenerateDataKey", "Decrypt"]),
        ("secretsmanager", "UpdateSecret", {"SecretId": "s"},
         ["GenerateDataKey", "Decrypt", "Encrypt"]),
        ("ssm", "GetParameter", {"Name": "/p"}, []),
        ("ssm", "GetParameter", {"Name": "/p", "WithDecryption": True}, ["Decrypt"]),
        ("ssm", "PutParameter", {"Name": "/p", "KeyId": "alias/shop"}, ["Encrypt"]),
        ("ssm", "PutParameter", {"Name": "/p", "KeyId": KEY, "Tier": "Advanced"},
         ["GenerateDataKey"]),
        ("s3", "HeadObject", {"Bucket": "data", "Key": "a"}, []),
        ("s3", "HeadObject", {"Bucket": "data", "Key": "a", "ChecksumMode": "ENABLED"},
         ["Decrypt"]),
    ],
)  # fmt: skip
def test_services_that_open_and_close_messages(
    service: str, operation: str, parameters: dict[str, Any], actions: list[str]
) -> None:
    assert asked(service, operation, **parameters) == [f"kms:{each} {KEY}" for each in actions]


@pytest.mark.parametrize(
    ("operation", "parameters", "needed"),
    [
        ("Decrypt", {"KeyId": "1"}, [f"kms:Decrypt {KEY}"]),
        ("Decrypt", {"KeyId": OTHER}, [f"kms:Decrypt {OTHER}"]),
        ("Encrypt", {"KeyId": "alias/shop"}, [f"kms:Encrypt {KEY}"]),
        ("Encrypt", {"KeyId": arn("kms", "alias/shop")}, [f"kms:Encrypt {KEY}"]),
        ("DescribeKey", {"KeyId": "alias/shop"}, [f"kms:DescribeKey {KEY}"]),
        ("CreateAlias", {"AliasName": "alias/new", "TargetKeyId": "1"},
         [f"kms:CreateAlias {arn('kms', 'alias/new')}", f"kms:CreateAlias {KEY}"]),
        ("DeleteAlias", {"AliasName": "alias/shop"},
         [f"kms:DeleteAlias {arn('kms', 'alias/shop')}", f"kms:DeleteAlias {KEY}"]),
        ("ReEncrypt", {"SourceKeyId": "1", "DestinationKeyId": OTHER},
         [f"kms:ReEncryptFrom {KEY}", f"kms:ReEncryptTo {OTHER}"]),
        ("ListKeys", {}, ["kms:ListKeys *"]),
    ],
)  # fmt: skip
def test_a_key_is_asked_for_by_its_arn_whatever_it_is_called(
    operation: str, parameters: dict[str, Any], needed: list[str]
) -> None:
    assert asked("kms", operation, **parameters) == needed


def test_an_alias_that_is_not_there_is_no_key() -> None:
    (need,) = needs_of("kms", "Encrypt", {"KeyId": "alias/gone"}, REGION, ACCOUNT)

    assert need.resource == arn("kms", "key/*")
