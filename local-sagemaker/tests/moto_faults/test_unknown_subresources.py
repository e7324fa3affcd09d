"""moto takes S3's operations that it does not have for operations on the object or the bucket."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from local_sagemaker.http.unknown_subresources import (
    UNKNOWN,
    UNKNOWN_OF_BUCKETS,
    UNKNOWN_OF_OBJECTS,
)
from local_sagemaker.protocol.service_models import service_model
from moto.s3.responses import S3Response

# Names that come with one that moto knows, and DeleteObjects: moto takes POST to a bucket for it.
BESIDE_ANOTHER = {"select-type", "x-id", "delete"}


class Subresource(NamedTuple):
    level: str  # key or bucket
    method: str
    name: str


def subresources() -> Iterator[Subresource]:
    """Those in the queries of S3's operations, as botocore describes them."""
    model = service_model("s3")
    for operation in model.operation_names:
        http = model.operation_model(operation).http
        uri = urlsplit(http["requestUri"])
        level = "key" if "{Key" in uri.path else "bucket"
        for name in parse_qs(uri.query, keep_blank_values=True):
            yield Subresource(level, http["method"], name)


def is_looked_for(subresource: Subresource) -> bool:
    level, method, name = subresource
    answers = getattr(S3Response, f"_{level}_response_{method.lower()}", None)
    return answers is not None and f'"{name}"' in inspect.getsource(answers)


def test_those_that_moto_does_not_look_for_are_known() -> None:
    overlooked = {each for each in subresources() if not is_looked_for(each)}
    found = {each for each in overlooked if each.name not in UNKNOWN | BESIDE_ANOTHER}
    of_buckets = {Subresource("bucket", *each) for each in UNKNOWN_OF_BUCKETS}
    assert found == of_buckets | {Subresource("key", *each) for each in UNKNOWN_OF_OBJECTS}
    assert {each.name for each in overlooked} >= UNKNOWN
