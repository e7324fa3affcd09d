"""A server of WSGI applications with a thread for each connection."""

from __future__ import annotations

from typing import Any

from werkzeug.serving import BaseWSGIServer, make_server

from local_sagemaker.wire.connection import Connection


def wsgi_server(
    host: str,
    port: int,
    application: Any,
    connection: type[Connection] = Connection,
    descriptor: int | None = None,
) -> BaseWSGIServer:
    """`descriptor` is that of a socket which listens already."""
    handler: Any = connection  # werkzeug does not need its own
    return make_server(
        host, port, application, threaded=True, request_handler=handler, fd=descriptor
    )
