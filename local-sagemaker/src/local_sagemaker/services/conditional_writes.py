"""A write to S3 with a condition decides between requests that come at the same moment."""

from __future__ import annotations

from threading import RLock
from typing import Any

from moto.s3.responses import S3Response

from local_sagemaker.services.patching import replace


def install() -> None:
    """From now on one write with a condition follows the other."""
    put, one_at_a_time = S3Response.put_object, RLock()

    def put_object(request: Any) -> Any:
        if not request.headers.get("If-Match") and not request.headers.get("If-None-Match"):
            return put(request)
        with one_at_a_time:
            return put(request)

    replace(S3Response, "put_object", put_object)
