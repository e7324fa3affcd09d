"""What a client meets when there is no such thing."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError


def test_missing_bucket_is_not_found(local_aws: Any) -> None:
    """The SageMaker SDK creates its default bucket only after this answer."""
    with pytest.raises(ClientError) as refusal:
        local_aws.client("s3").head_bucket(Bucket="nobody-made-this-bucket")
    assert refusal.value.response["Error"]["Code"] == "404"
