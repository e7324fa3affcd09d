"""Bodies that a client calls a form, and that are none.

curl calls everything so, and an object may be a form that somebody has kept. moto reads the fields
of whatever is called a form: of the object nothing would be left, and its fields would be taken for
the query of the request.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from moto.s3.responses import S3Response

from local_sagemaker.protocol.unanswered import is_s3
from local_sagemaker.services.patching import replace

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_GIVEN = "local_sagemaker.content_type"


def install() -> None:
    set_up = S3Response.setup_class

    @wraps(set_up)
    def setting_up(response: Any, request: Any, *given: Any, **named: Any) -> None:
        """S3 keeps the type with its object, so it comes back once the body has been read."""
        if _GIVEN in request.environ:
            _ = request.data, request.form
            request.environ["CONTENT_TYPE"] = request.environ[_GIVEN]
        set_up(response, request, *given, **named)

    replace(S3Response, "setup_class", setting_up)


def hide_form(environ: dict[str, Any], body: bytes) -> None:
    """Take the type from a request, unless its body is a form indeed."""
    called_form = environ.get("CONTENT_TYPE", "").strip().lower().startswith(_FORMS)
    if called_form and not _is_form(environ, body):
        environ[_GIVEN] = environ.pop("CONTENT_TYPE")


def _is_form(environ: dict[str, Any], body: bytes) -> bool:
    if is_s3(environ):  # a browser's form goes to its bucket's URL, without a query
        return environ["REQUEST_METHOD"] == "POST" and not environ.get("QUERY_STRING")
    return "HTTP_X_AMZ_TARGET" in environ or b"Action=" in body
