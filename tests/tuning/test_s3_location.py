"""Where things lie in S3, told as a URI."""

from __future__ import annotations

import pytest
from tuning.data.s3_location import S3Location


def test_uri_and_location_are_made_of_each_other() -> None:
    location = S3Location.of("s3://data-bucket/data/train/")
    assert location == S3Location("data-bucket", "data/train/")
    assert str(location) == "s3://data-bucket/data/train/"


def test_what_is_no_uri_is_no_location() -> None:
    assert S3Location.parse("https://data-bucket/data/") is None
    with pytest.raises(ValueError, match=r"https://data-bucket/data/ is no s3://bucket/key\."):
        S3Location.of("https://data-bucket/data/")
