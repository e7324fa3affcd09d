"""How a request is signed: Signature Version 4, in a header or in the query of a presigned URL.

`AWS4-HMAC-SHA256 Credential=<access key id>/<date>/<region>/<service>/aws4_request,
SignedHeaders=..., Signature=...` (IAM guide, "Elements of an AWS API request signature"). Whether a
signature is right is for protocol.signature to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

ALGORITHM = "AWS4-HMAC-SHA256"
OF_FORM = "local_sagemaker.credential_of_form"
"""Where a WSGI request keeps the Credential of a browser's form, once its signature is checked."""
_PARTS = ("Credential", "SignedHeaders", "Signature")
_CREDENTIAL = re.compile(
    r"(?P<key>[^/,\s]+)/(?P<date>\d{8})/(?P<region>[^/,\s]+)/(?P<service>[^/,\s]+)/aws4_request"
)


@dataclass(frozen=True)
class Credential:
    """The access key and its scope; `service` is the name that requests are signed for."""

    access_key_id: str
    region: str
    service: str
    date: str  # YYYYMMDD


class MalformedAuthorization(ValueError):
    """A request means to be signed, and is not as AWS writes it; the text says what is wrong."""


@dataclass(frozen=True)
class Authorization:
    """What a signed request says of its signature.

    `time` is YYYYMMDDTHHMMSSZ. A presigned URL holds for `expires` seconds; without it the request
    was signed when it was sent.
    """

    credential: Credential
    signed_headers: tuple[str, ...]
    signature: str
    time: str
    token: str
    expires: int | None = None


def credential_of(environ: dict[str, Any]) -> Credential | None:
    """The credential of a WSGI request; None for one that is not signed, or is malformed."""
    if OF_FORM in environ:
        of_form: Credential = environ[OF_FORM]
        return of_form
    try:
        found = authorization_of(environ)
    except MalformedAuthorization:
        return None
    return found.credential if found else None


def authorization_of(environ: dict[str, Any]) -> Authorization | None:
    """None for a request without a signature. Raises MalformedAuthorization."""
    header = environ.get("HTTP_AUTHORIZATION", "")
    if header:
        time, token = (
            environ.get("HTTP_X_AMZ_DATE", ""),
            environ.get("HTTP_X_AMZ_SECURITY_TOKEN", ""),
        )
        return _from_header(header, time, token)
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    if "X-Amz-Algorithm" in query or "X-Amz-Signature" in query:
        return _from_query({name: values[0] for name, values in query.items()})
    return None


def parse_credential(text: str) -> Credential:
    """`<access key id>/<date>/<region>/<service>/aws4_request`. Raises MalformedAuthorization."""
    found = _CREDENTIAL.fullmatch(text)
    if found is None:
        form = "<key>/<date>/<region>/<service>/aws4_request"
        raise MalformedAuthorization(f"Credential is not {form}")
    return Credential(found["key"], found["region"], found["service"], found["date"])


@lru_cache(maxsize=128)  # each of those who answer a request asks who has sent it
def _from_header(header: str, time: str, token: str) -> Authorization:
    algorithm, _, rest = header.partition(" ")
    _require_algorithm(algorithm)
    pairs = [part.strip().partition("=") for part in rest.split(",")]
    given = {name: value for name, _, value in pairs}
    found = Authorization(
        parse_credential(_given(given, "Credential")),
        tuple(_given(given, "SignedHeaders").split(";")),
        _given(given, "Signature"),
        time,
        token,
    )
    if len(pairs) > len(_PARTS) or given.keys() - set(_PARTS):  # others may read another one of two
        raise MalformedAuthorization(f"it has more than {', '.join(_PARTS)}")
    return found


def _from_query(query: dict[str, str]) -> Authorization:
    _require_algorithm(query.get("X-Amz-Algorithm", ""))
    expires = _given(query, "X-Amz-Expires")
    if not re.fullmatch("[0-9]{1,6}", expires) or int(expires) > 7 * 24 * 3600:
        raise MalformedAuthorization("X-Amz-Expires is no number of seconds up to a week")
    return Authorization(
        parse_credential(_given(query, "X-Amz-Credential")),
        tuple(_given(query, "X-Amz-SignedHeaders").split(";")),
        _given(query, "X-Amz-Signature"),
        _given(query, "X-Amz-Date"),
        query.get("X-Amz-Security-Token", ""),
        int(expires),
    )


def _require_algorithm(algorithm: str) -> None:
    if algorithm != ALGORITHM:
        raise MalformedAuthorization(f"only signatures of {ALGORITHM} are known here")


def _given(fields: dict[str, str], name: str) -> str:
    if not fields.get(name):
        raise MalformedAuthorization(f"{name} is missing")
    return fields[name]
