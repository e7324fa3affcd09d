from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.s3.models import s3_backends

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
