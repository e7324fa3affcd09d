"""Keeps web pages out: what a browser sends for a page that is not this server's is refused.

A page that a developer visits can send requests to this machine, by a form without asking anybody,
and by a name of its own that suddenly means 127.0.0.1 (DNS rebinding). A browser tells on both, in
the headers Host, Origin and Sec-Fetch-Site (Fetch standard; Fetch Metadata), which no page can set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from werkzeug.wrappers import Response

from local_sagemaker.process.options import NOBODY_ELSE, Admitted
from local_sagemaker.protocol.wsgi import WsgiApplication

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:@/\[\]\s]+)(?::\d+)?")
_BELOW_LOCALHOST = re.compile(r"(?:[a-z0-9_-]+\.)+localhost")  # buckets have dots in their names
_OF_THIS_MACHINE = ("127.0.0.1", "[::1]", "localhost")
_OWN_PAGES = ("same-origin", "none")  # none: somebody typed the address
_MOTO_API = "/moto-api"
_FOR_PREFLIGHTS = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "Access-Control-Max-Age": "600",
}


class Fence:
    """Wraps the application of the server; `admitted` is who is answered all the same."""

    def __init__(self, application: WsgiApplication, admitted: Admitted = NOBODY_ELSE) -> None:
        self._application = application
        self._host_names = frozenset((*_OF_THIS_MACHINE, *admitted.host_names))
        self._origins = frozenset(admitted.origins)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        origin = environ.get("HTTP_ORIGIN", "")
        reason = self._reason(environ, origin)
        if reason:
            return Response(f"{reason}\n", status=403, content_type="text/plain")(
                environ, start_response
            )
        if origin not in self._origins:
            return self._application(environ, start_response)
        if environ["REQUEST_METHOD"] == "OPTIONS":
            return _preflight(environ, origin)(environ, start_response)
        return self._application(environ, _letting_read(origin, start_response))

    def _reason(self, environ: dict[str, Any], origin: str) -> str:
        """Why the request is refused; empty for one that is not."""
        host = environ.get("HTTP_HOST", "")
        name = _name(host)
        if name not in self._host_names and not _BELOW_LOCALHOST.fullmatch(name):
            return f"Local AWS does not go by the name {host!r}; --host-name gives it another one."
        path = environ["PATH_INFO"]
        if path == _MOTO_API or path.startswith(f"{_MOTO_API}/"):
            return f"Local AWS does not offer {_MOTO_API}."
        if origin in self._origins:
            return ""
        site = environ.get("HTTP_SEC_FETCH_SITE", "none")
        if site not in _OWN_PAGES or origin not in ("", f"http://{host}"):
            return f"Local AWS answers no page of {origin or 'another site'}; --origin lets one."
        return ""


def _name(host: str) -> str:
    """Of `name:port`, in small letters; empty for what is no host."""
    found = _HOST.fullmatch(host)
    return found[1].lower() if found else ""


def _preflight(environ: dict[str, Any], origin: str) -> Response:
    asked = environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "")
    headers = {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Headers": asked}
    return Response(status=204, headers={**headers, **_FOR_PREFLIGHTS, "Vary": "Origin"})


def _letting_read(origin: str, start_response: Any) -> Any:
    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        own = [("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", "*")]
        return start_response(status, [*headers, *own, ("Vary", "Origin")], *rest)

    return start
