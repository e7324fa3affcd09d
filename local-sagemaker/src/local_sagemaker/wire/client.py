"""Asks a server of this machine, over connections that are kept for the next requests."""

from __future__ import annotations

import re
import socket
import time
from collections import deque
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple, cast

from werkzeug.exceptions import ClientDisconnected
from werkzeug.serving import DechunkedInput
from werkzeug.wsgi import LimitedStream

from local_sagemaker.wire.head import Unreadable, framing, read_headers, read_line

# Servers close a connection that nobody uses, gunicorn's after two seconds: a request that is sent
# just then would have no answer.
_KEPT_SECONDS = 1.0
_STATUS_LINE = re.compile(r"HTTP/1\.([01]) (\d{3})(?: [^\r\n]*)?\r?\n")


class Answered(NamedTuple):
    """Names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """Of one server; threads may share it."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._kept: deque[tuple[socket.socket, BinaryIO, float]] = deque()

    def ask(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], timeout: float
    ) -> Answered:
        """Raises OSError where no answer comes, none for `timeout` seconds, or none to be read."""
        connection, stream = self._connection(timeout)
        is_kept = False
        try:
            connection.sendall(_request(method, path, body, headers, self._address))
            answered, is_kept = _answer(stream)
        except (Unreadable, ClientDisconnected) as fault:
            raise ConnectionError(f"The answer is broken off, or is none: {fault}") from fault
        finally:
            if is_kept:
                self._kept.append((connection, stream, time.monotonic()))
            else:
                _close(connection, stream)
        return answered

    def close(self) -> None:
        """End the connections that are kept."""
        while self._kept:
            connection, stream, _ = self._kept.pop()
            _close(connection, stream)

    def _connection(self, timeout: float) -> tuple[socket.socket, BinaryIO]:
        while True:
            try:
                connection, stream, since = self._kept.pop()
            except IndexError:
                connection = socket.create_connection(self._address, timeout)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return connection, cast(BinaryIO, connection.makefile("rb"))
            if time.monotonic() - since < _KEPT_SECONDS:
                connection.settimeout(timeout)
                return connection, stream
            _close(connection, stream)


def _close(connection: socket.socket, stream: BinaryIO) -> None:
    stream.close()
    connection.close()


def _request(
    method: str, path: str, body: bytes, headers: Mapping[str, str], address: tuple[str, int]
) -> bytes:
    host, port = address
    given = {"Host": f"{host}:{port}", "Content-Length": str(len(body)), **headers}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def _answer(stream: BinaryIO) -> tuple[Answered, bool]:
    """The answer, and whether the connection may have another one. Raises Unreadable."""
    while True:
        found = _STATUS_LINE.fullmatch(read_line(stream))
        if found is None:
            raise Unreadable("The first line is no answer of HTTP/1.1")
        headers = read_headers(stream)
        if not found[2].startswith("1"):  # another one follows 100 Continue
            break
    named: dict[str, list[str]] = {}
    for name, value in headers:
        named.setdefault(name.lower(), []).append(value)
    status, body = int(found[2]), b""
    length, chunked = framing(named)
    closes = found[1] == "0" or "close" in ",".join(named.get("connection", [])).lower()
    if chunked:
        body = cast(BinaryIO, DechunkedInput(stream)).read()
    elif length is not None:
        body = LimitedStream(stream, length).read()
    elif status not in (204, 304):
        body, closes = stream.read(), True
    answered = Answered(status, {name: ",".join(each) for name, each in named.items()}, body)
    return answered, not (closes or chunked)
