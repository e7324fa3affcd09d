from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.iam.models import iam_backends
from moto.s3.models import S3Backend, s3_backends
from moto.utilities.utils import PARTITION_NAMES

from tests.moto_faults.clients import client, create_queue, create_role, messages


def test_a_condition_of_a_bucket_policy_is_not_looked_at() -> None:
    s3: Any = client("s3")
    s3.create_bucket(Bucket="mine")
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::mine", "arn:aws:s3:::mine/*"],
        "Condition": {"NumericGreaterThan": {"s3:TlsVersion": 99}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    s3.put_bucket_policy(Bucket="mine", Policy=policy)
    with pytest.raises(ClientError, match="Forbidden"):
        s3.put_object(Bucket="mine", Key="key", Body=b"")


def test_looking_for_a_key_makes_the_iam_of_every_partition() -> None:
    client("iam").list_users()
    assert set(iam_backends["123456789012"]) == set(PARTITION_NAMES) > {"aws", "aws-cn"}


def test_an_object_of_four_megabytes_stays_in_memory() -> None:
    client("s3").create_bucket(Bucket="mine")
    client("s3").put_object(Bucket="mine", Key="key", Body=bytes(4 * 2**20))
    stored: Any = s3_backends["123456789012"]["aws"].buckets["mine"].keys["key"]
    assert not stored._value_buffer._rolled


def test_two_writes_at_the_same_moment_both_meet_their_condition(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second one is made between the look and the write of the first."""
    s3 = client("s3")
    s3.create_bucket(Bucket="mine")
    write, others = S3Backend.put_object, list[Any]()

    def let_in_another_and_write(backend: Any, *named: Any, **more: Any) -> Any:
        monkeypatch.setattr(S3Backend, "put_object", write)
        others.append(s3.put_object(Bucket="mine", Key="key", Body=b"two", IfNoneMatch="*"))
        return write(backend, *named, **more)

    monkeypatch.setattr(S3Backend, "put_object", let_in_another_and_write)
    s3.put_object(Bucket="mine", Key="key", Body=b"one", IfNoneMatch="*")
    assert others[0]["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_a_list_in_url_form_has_names_that_xml_cannot_carry() -> None:
    s3: Any = client("s3")
    s3.create_bucket(Bucket="mine")
    s3.put_object(Bucket="mine", Key="a\x01b", Body=b"")
    with pytest.raises(ClientError, match="500"):
        s3.list_object_versions(Bucket="mine")
    with pytest.raises(ClientError, match="500"):
        s3.list_objects_v2(Bucket="mine", Delimiter="\x01")


def test_of_an_object_that_is_called_a_form_nothing_is_left() -> None:
    s3: Any = client("s3")
    s3.create_bucket(Bucket="mine")
    form = "application/x-www-form-urlencoded"
    s3.put_object(Bucket="mine", Key="key", Body=b"a=1", ContentType=form)
    assert s3.head_object(Bucket="mine", Key="key")["ContentLength"] == 0


def test_a_key_may_be_longer_than_s3_lets_it() -> None:
    client("s3").create_bucket(Bucket="mine")
    client("s3").put_object(Bucket="mine", Key="k" * 1025, Body=b"")


def test_policies_cannot_be_simulated() -> None:
    with pytest.raises(NotImplementedError):
        client("iam").simulate_principal_policy(
            PolicySourceArn=create_role(), ActionNames=["s3:GetObject"]
        )
    with pytest.raises(NotImplementedError):
        client("iam").simulate_custom_policy(PolicyInputList=["{}"], ActionNames=["s3:GetObject"])


def test_a_managed_policy_may_name_principals() -> None:
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Principal": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    client("iam").create_policy(PolicyName="odd", PolicyDocument=policy)


def test_a_role_need_not_trust_anybody() -> None:
    iam, statement = client("iam"), {"Effect": "Allow", "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.create_role(RoleName="odd", AssumeRolePolicyDocument=policy)
    iam.update_assume_role_policy(RoleName="odd", PolicyDocument=policy)


def test_a_function_is_a_user_called_moto(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "lambda.plan")
    arn = client("sts").get_caller_identity()["Arn"]
    assert arn == "arn:aws:sts::123456789012:user/moto"


def test_everybody_gets_the_session_of_the_documentation() -> None:
    documented = "AKIAIOSFODNN7EXAMPLE"
    sts = client("sts")
    assert sts.get_session_token()["Credentials"]["AccessKeyId"] == documented
    assert sts.get_federation_token(Name="name")["Credentials"]["AccessKeyId"] == documented


def test_a_session_may_have_any_policy() -> None:
    role = "arn:aws:iam::123456789012:role/any"
    client("sts").assume_role(RoleArn=role, RoleSessionName="session", Policy="no policy")


def test_a_bucket_may_be_told_to_notify_what_is_not_there() -> None:
    s3 = client("s3")
    s3.create_bucket(Bucket="telling")
    nobody = "arn:aws:sqs:us-east-1:123456789012:nobody"
    told = {"QueueArn": nobody, "Events": ["s3:ObjectCreated:*"]}
    s3.put_bucket_notification_configuration(
        Bucket="telling", NotificationConfiguration={"QueueConfigurations": [told]}
    )
    found = s3.get_bucket_notification_configuration(Bucket="telling")
    assert found["QueueConfigurations"][0]["QueueArn"] == nobody


def test_what_a_bucket_tells_lacks_who_did_it() -> None:
    s3, (url, arn) = client("s3"), create_queue()
    s3.create_bucket(Bucket="telling")
    told = {"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}
    s3.put_bucket_notification_configuration(
        Bucket="telling", NotificationConfiguration={"QueueConfigurations": [told]}
    )
    s3.put_object(Bucket="telling", Key="key", Body=b"")
    assert not any("userIdentity" in message["Body"] for message in messages(url))


def told(events: list[str], change: Callable[[Any], Any]) -> list[str]:
    """The names of the events that a queue hears of when a bucket is changed."""
    s3, (url, arn) = client("s3"), create_queue()
    s3.create_bucket(Bucket="telling")
    s3.put_bucket_notification_configuration(
        Bucket="telling",
        NotificationConfiguration={"QueueConfigurations": [{"QueueArn": arn, "Events": events}]},
    )
    change(s3)
    heard = client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    bodies = [json.loads(message["Body"]) for message in heard]
    return [body["Records"][0]["eventName"] for body in bodies if "Records" in body]


def test_an_upload_in_parts_is_told_of_twice() -> None:
    def upload(s3: Any) -> None:
        it = {"Bucket": "telling", "Key": "key"}
        it["UploadId"] = s3.create_multipart_upload(**it)["UploadId"]
        part = {"PartNumber": 1, "ETag": s3.upload_part(**it, PartNumber=1, Body=b"1")["ETag"]}
        s3.complete_multipart_upload(**it, MultipartUpload={"Parts": [part]})

    assert len(told(["s3:ObjectCreated:*"], upload)) == 2


def test_an_object_without_tags_is_told_to_have_new_ones() -> None:
    put = told(["s3:ObjectTagging:*"], lambda s3: s3.put_object(Bucket="telling", Key="key"))
    assert put == ["ObjectTagging:Put"]


def test_nobody_is_told_of_a_delete_marker() -> None:
    def delete(s3: Any) -> None:
        enabled = {"Status": "Enabled"}
        s3.put_bucket_versioning(Bucket="telling", VersioningConfiguration=enabled)
        s3.put_object(Bucket="telling", Key="key")
        assert s3.delete_object(Bucket="telling", Key="key")["DeleteMarker"]

    assert told(["s3:ObjectRemoved:*"], delete) == []


def test_an_object_has_no_encryption_and_no_type_of_checksum() -> None:
    s3: Any = client("s3")
    s3.create_bucket(Bucket="mine")
    put = s3.put_object(Bucket="mine", Key="key", Body=b"row", ChecksumAlgorithm="CRC32")
    got = s3.get_object(Bucket="mine", Key="key", ChecksumMode="ENABLED")
    for answer in (put, got):
        assert "ChecksumCRC32" in answer
        assert not {"ServerSideEncryption", "ChecksumType"} & set(answer)


def test_an_update_tells_unasked_what_it_consumed() -> None:
    table: dict[str, Any] = {"TableName": "mine"}
    client("dynamodb").create_table(
        **table,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    updated = client("dynamodb").update_item(
        **table, Key={"id": {"S": "1"}}, UpdateExpression="REMOVE colour"
    )
    assert "ConsumedCapacity" in updated


def test_a_secret_may_be_called_anything() -> None:
    secret: Any = client("secretsmanager").create_secret(Name="a name", SecretString="hush")
    assert secret["Name"] == "a name"
