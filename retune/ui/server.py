"""Serves the page on this machine's loopback address, until Ctrl-C."""

from __future__ import annotations

import socket
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from retune.errors import InputError
from retune.ui.session import HOST


def bind(port: int) -> socket.socket:
    """A socket on loopback; port 0 takes a free one. InputError when the port is taken."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise InputError(
            f"--port {port}: {error.strerror}. Choose another, or leave it out for a free one."
        ) from error


def serve(app: Flask, listener: socket.socket) -> None:
    """Answers, a thread a request, until Ctrl-C."""
    port = listener.getsockname()[1]
    with make_server(
        HOST, port, app, threaded=True, request_handler=_Quiet, fd=listener.fileno()
    ) as server:
        server.serve_forever()


class _Quiet(WSGIRequestHandler):
    """Writes no line a request: a page that is watched asks every second."""

    timeout = 30  # seconds that a client may take for its request

    def log(self, type: str, message: str, *args: Any) -> None:
        pass
