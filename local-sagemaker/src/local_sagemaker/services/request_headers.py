"""Headers of S3's requests that have a grammar of their own, which moto takes for granted.

A Range that S3 cannot read is as none (RFC 9110, 14.2); grants that it cannot read are refused.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import Any

from moto.s3.exceptions import InvalidArgumentError
from moto.s3.responses import S3Response

from local_sagemaker.services.patching import replace

_RANGE = re.compile(r"bytes=(\d{1,18}-\d{0,18}|-\d{1,18})")
_GRANTEE = re.compile(r"\s*(id|uri|emailAddress)=(\"[^\"]+\"|[^\",]+)\s*", re.IGNORECASE)
_GRANTS = frozenset(
    f"x-amz-grant-{right}" for right in ("read", "write", "read-acp", "write-acp", "full-control")
)


def install() -> None:
    part_of, acl_of = S3Response._handle_range_header, S3Response._acl_from_headers

    @wraps(part_of)
    def handle_range(response: Any, request: Any, headers: Any, content: Any) -> Any:
        if _RANGE.fullmatch(request.headers["range"].strip()):
            return part_of(response, request, headers, content)
        return 200, headers, content

    @wraps(acl_of)
    def acl_from(response: Any, headers: Any) -> Any:
        for name, value in headers.items():
            if name.lower().startswith("x-amz-grant-"):
                _check_grant(name, value)
        return acl_of(response, headers)

    replace(S3Response, "_handle_range_header", handle_range)
    replace(S3Response, "_acl_from_headers", acl_from)


def _check_grant(name: str, value: str) -> None:
    """Raises S3's refusal."""
    grantees = value.split(",")
    if name.lower() not in _GRANTS or not all(map(_GRANTEE.fullmatch, grantees)):
        raise InvalidArgumentError("Argument format not recognized", name, value)
