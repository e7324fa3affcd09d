"""A write to S3 with a condition decides between requests that come at once."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

WRITERS = 8


@pytest.mark.parametrize("there", [False, True], ids=["where none lies", "in place of one"])
def test_one_of_many_writers_gets_through(local_aws: LocalAws, there: bool) -> None:
    s3, bucket = local_aws.client("s3"), f"writers-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=bucket)
    etag = s3.put_object(Bucket=bucket, Key="key", Body=b"old")["ETag"] if there else None
    condition: dict[str, Any] = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}

    def write(number: int) -> int | str:
        try:
            s3.put_object(Bucket=bucket, Key="key", Body=str(number).encode(), **condition)
        except ClientError as refused:
            return str(refused.response["Error"]["Code"])
        return number

    with ThreadPoolExecutor(WRITERS) as writers:
        ends = [*writers.map(write, range(WRITERS))]
    (winner,) = (end for end in ends if end != "PreconditionFailed")
    assert s3.get_object(Bucket=bucket, Key="key")["Body"].read() == str(winner).encode()
