"""Who signs a request and for what: the Authorization header of Signature Version 4.

`AWS4-HMAC-SHA256 Credential=<access key id>/<date>/<region>/<service>/aws4_request, ...`
(IAM guide, "Elements of an AWS API request signature"). The signature itself is not checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/\d{8}/([^/]+)/([^/]+)/aws4_request")


@dataclass(frozen=True)
class Credential:
    """The access key and its scope; `service` is the name that requests are signed for."""

    access_key_id: str
    region: str
    service: str


def credential_of(environ: dict[str, Any]) -> Credential | None:
    """The credential of a WSGI request; None for one that is not signed."""
    found = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
    return Credential(*found.groups()) if found else None
