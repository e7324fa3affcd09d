"""moto takes S3's operations that it does not have for operations on the object or the bucket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from local_sagemaker.http.unknown_subresources import UNKNOWN
from local_sagemaker.protocol.service_models import service_model
from moto.s3 import responses

BESIDE_ANOTHER = {"select-type", "x-id"}  # names that come with one that moto knows


def subresources() -> Iterator[str]:
    """The names in the queries of S3's operations, as botocore describes them."""
    model = service_model("s3")
    for name in model.operation_names:
        uri = model.operation_model(name).http["requestUri"]
        yield from parse_qs(urlsplit(uri).query, keep_blank_values=True)


def test_those_that_moto_does_not_look_for_are_known() -> None:
    source = Path(responses.__file__).read_text()
    overlooked = {name for name in subresources() if f'"{name}"' not in source}
    assert overlooked - BESIDE_ANOTHER == UNKNOWN
