"""A request's head as a WSGI environment (PEP 3333), with the additions of werkzeug's server."""

from __future__ import annotations

import socket
import sys
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from werkzeug.serving import DechunkedInput
from werkzeug.wsgi import LimitedStream

from local_sagemaker.wire.head import Head, Unreadable

_BARE = ("CONTENT_TYPE", "CONTENT_LENGTH")


def environ_of(head: Head, stream: BinaryIO, connection: socket.socket) -> dict[str, Any]:
    """`stream` has the body, and wsgi.input no more than that. Raises Unreadable."""
    host, target = _host_and_target(head.target)
    path, _, query = target.partition("#")[0].partition("?")
    server, client = connection.getsockname(), connection.getpeername()
    body = DechunkedInput(stream) if head.chunked else LimitedStream(stream, head.length)
    environ: dict[str, Any] = {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "werkzeug.socket": connection,
        "REQUEST_METHOD": head.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _as_wsgi(unquote(path)),
        "QUERY_STRING": _as_wsgi(query),
        "REQUEST_URI": _as_wsgi(target),
        "RAW_URI": _as_wsgi(target),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": "HTTP/1.1",
    }
    add_headers(environ, head.headers)
    if host:
        environ["HTTP_HOST"] = host
    return environ


def add_headers(environ: dict[str, Any], headers: list[tuple[str, str]]) -> None:
    """Under their names in WSGI. A name with _ is left out: it would stand for one with -."""
    for name, value in headers:
        if "_" in name:
            continue
        key = key_of(name)
        repeated = key in environ and key not in _BARE
        environ[key] = f"{environ[key]},{value}" if repeated else value


def key_of(name: str) -> str:
    key = name.upper().replace("-", "_")
    return key if key in _BARE else f"HTTP_{key}"


def _as_wsgi(text: str) -> str:
    return text if text.isascii() else text.encode().decode("latin-1")


def _host_and_target(target: str) -> tuple[str, str]:
    """The host of a target that is a URL, as proxies are sent; such a path is one all the same."""
    if target.startswith("/"):
        return "", f"/{target.lstrip('/')}" if target.startswith("//") else target
    try:
        url = urlsplit(target)
    except ValueError:  # http://[::1/ and the like
        raise Unreadable("The request's target is no URL") from None
    return (url.netloc if url.scheme else ""), target
