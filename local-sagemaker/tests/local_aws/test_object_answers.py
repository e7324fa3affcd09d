"""What S3 and DynamoDB tell of an object or item that they have written."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError


def test_object_is_encrypted_with_keys_of_s3_unless_others_are_named(local_aws: Any) -> None:
    s3, named = local_aws.client("s3"), _new_object(local_aws, "encrypted")
    assert s3.put_object(**named)["ServerSideEncryption"] == "AES256"
    assert s3.head_object(**named)["ServerSideEncryption"] == "AES256"
    s3.put_object(**named, ServerSideEncryption="aws:kms")
    assert s3.get_object(**named)["ServerSideEncryption"] == "aws:kms"


def test_checksum_of_an_upload_in_one_piece_is_of_the_full_object(local_aws: Any) -> None:
    s3, named = local_aws.client("s3"), _new_object(local_aws, "checked")
    put = s3.put_object(**named, ChecksumAlgorithm="CRC32")
    got = s3.get_object(**named, ChecksumMode="ENABLED")
    assert put["ChecksumType"] == got["ChecksumType"] == "FULL_OBJECT"


def test_checksum_of_an_object_of_parts_is_of_what_the_upload_says(local_aws: Any) -> None:
    s3, named = local_aws.client("s3"), _new_object(local_aws, "parts")
    upload = s3.create_multipart_upload(
        **named, ChecksumAlgorithm="SHA256", ChecksumType="COMPOSITE"
    )
    part = {"UploadId": upload["UploadId"], "PartNumber": 1, "Body": b"row"}
    sent = s3.upload_part(**named, **part, ChecksumAlgorithm="SHA256")
    parts = [{"PartNumber": 1, **{key: sent[key] for key in ("ETag", "ChecksumSHA256")}}]
    s3.complete_multipart_upload(
        **named, UploadId=upload["UploadId"], MultipartUpload={"Parts": parts}
    )
    assert s3.head_object(**named, ChecksumMode="ENABLED")["ChecksumType"] == "COMPOSITE"


def test_answer_of_s3_has_both_its_request_ids(local_aws: Any) -> None:
    s3 = local_aws.client("s3")
    with pytest.raises(ClientError) as refused:
        s3.list_objects_v2(Bucket="there-is-none")
    answers = (s3.list_buckets(), refused.value.response)
    assert all(answer["ResponseMetadata"]["RequestId"] for answer in answers)
    assert len({answer["ResponseMetadata"]["HostId"] for answer in answers}) == 2


@pytest.mark.parametrize(("asked", "told"), [("NONE", False), ("TOTAL", True)])
def test_update_tells_what_it_consumed_when_asked(local_aws: Any, asked: str, told: bool) -> None:
    dynamodb = local_aws.client("dynamodb")
    name = f"consumed-{asked}"
    dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    updated = dynamodb.update_item(
        TableName=name,
        Key={"id": {"S": "1"}},
        UpdateExpression="REMOVE colour",
        ReturnConsumedCapacity=asked,
    )
    assert ("ConsumedCapacity" in updated) is told


def _new_object(local_aws: Any, bucket: str) -> dict[str, str]:
    local_aws.client("s3").create_bucket(Bucket=bucket)
    return {"Bucket": bucket, "Key": "key"}
