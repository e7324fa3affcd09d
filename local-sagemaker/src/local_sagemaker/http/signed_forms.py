"""Forms with which a browser uploads to S3: who has signed one, and whether it asks for no more.

S3 guide, "Creating an HTML form (using AWS Signature Version 4)". A form goes to the URL of its
bucket; what its policy does not name, in fields, headers or query, it may not say.
"""

from __future__ import annotations

import hmac
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from moto.s3.responses import S3Response
from moto.s3.utils import bucket_name_from_url
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request

from local_sagemaker.http.request_body import BodyRefused
from local_sagemaker.protocol.authorization import (
    Credential,
    MalformedAuthorization,
    parse_credential,
)
from local_sagemaker.protocol.post_policy import PolicyError, check_policy
from local_sagemaker.protocol.signature import sign
from local_sagemaker.protocol.signing_errors import SigningError

_NOT_SIGNED = 'The form is not signed. Take the keys of this server: eval "$(local-sagemaker env)".'


def is_form(environ: dict[str, Any]) -> bool:
    """Whether a request without a signature may have one in its fields."""
    content: str = environ.get("CONTENT_TYPE", "").lower()
    return environ["REQUEST_METHOD"] == "POST" and content.startswith("multipart/form-data")


def check_form(
    environ: dict[str, Any], body: bytes, secret_of: Callable[[str, str], str | None]
) -> Credential:
    """Who has signed it. Raises SigningError, MalformedAuthorization and BodyRefused."""
    try:
        fields, size = form_fields(environ, body)
        credential = _check_signature(fields, secret_of)
        check_policy(fields["policy"], fields, size, datetime.now(UTC))
    except RequestEntityTooLarge as error:
        words = "Your POST request fields preceding the upload file were too large."
        raise BodyRefused("MaxPostPreDataLengthExceeded", words) from error
    except PolicyError as error:
        raise SigningError("policy", str(error)) from error
    return credential


def form_fields(environ: dict[str, Any], body: bytes) -> tuple[dict[str, str], int]:
    """The fields by names in small letters, the bucket too, and the size of the file in bytes."""
    with Request({**environ, "wsgi.input": io.BytesIO(body)}) as form:
        return _fields(form) | {"bucket": _bucket(form)}, _size(form)


def _fields(form: Request) -> dict[str, str]:
    """By names in small letters, and each once: others may read another one of two."""
    fields: dict[str, str] = {}
    texts, files = form.form.items(multi=True), form.files.items(multi=True)
    for name, value in [*texts, *((name, "") for name, _ in files)]:
        if name.lower() in fields:
            raise PolicyError(f"The form has the field {name} more than once.")
        fields[name.lower()] = value
    return fields


def _size(form: Request) -> int:
    file = form.files.get("file")
    return len(file.read()) if file else len(form.form.get("file", "").encode())


def _bucket(form: Request) -> str:
    """The one whose URL the form was sent to, as moto reads it."""
    path = form.path.strip("/")
    at_host = bucket_name_from_url(form.url) if S3Response.subdomain_based_buckets(form) else None
    if form.query_string or "/" in path or bool(path) == bool(at_host):
        raise PolicyError("A form is sent to the URL of its bucket, without a key or a query.")
    return at_host or path


def _check_signature(
    fields: dict[str, str], secret_of: Callable[[str, str], str | None]
) -> Credential:
    if not fields.get("policy"):
        raise SigningError("missing", _NOT_SIGNED)
    credential = parse_credential(fields.get("x-amz-credential", ""))
    if credential.service != "s3":
        raise MalformedAuthorization("Credential of a form is not of s3")
    secret = secret_of(credential.access_key_id, fields.get("x-amz-security-token", ""))
    right = sign(fields["policy"], credential, secret) if secret else ""
    given = fields.get("x-amz-signature", "").encode(errors="replace")
    if not right or not hmac.compare_digest(right.encode(), given):
        raise SigningError("signature", "The signature of the form's policy is not right.")
    return credential
