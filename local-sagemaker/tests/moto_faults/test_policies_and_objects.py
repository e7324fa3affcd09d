from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.s3.models import S3Backend, s3_backends

from tests.moto_faults.clients import client, create_role


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


def test_everybody_gets_the_session_of_the_documentation() -> None:
    documented = "AKIAIOSFODNN7EXAMPLE"
    sts = client("sts")
    assert sts.get_session_token()["Credentials"]["AccessKeyId"] == documented
    assert sts.get_federation_token(Name="name")["Credentials"]["AccessKeyId"] == documented
