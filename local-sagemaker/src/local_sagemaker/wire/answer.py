"""What a WSGI application answers, as it goes over the connection."""

from __future__ import annotations

import socket
from collections.abc import Callable
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from time import time
from typing import Any

from local_sagemaker.wire.head import Head

_JOINED_BYTES = 2**16
_WITHOUT_BODY = ("204", "304")


class Answer:
    """`is_last` is asked when the head is sent: whether the connection ends with this answer."""

    def __init__(self, connection: socket.socket, head: Head, is_last: Callable[[], bool]) -> None:
        self._connection = connection
        self._asked = head
        self._ask_is_last = is_last
        self._head: tuple[str, list[tuple[str, str]]] | None = None
        self._chunked = False
        self._is_bare = False
        self.is_last = True
        self.is_begun = False

    @property
    def status(self) -> str:
        """Such as 200; empty before there is one."""
        return self._head[0][:3] if self._head else ""

    def start(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        """The start_response of WSGI."""
        if exc_info is not None and self.is_begun:
            raise exc_info[1].with_traceback(exc_info[2])
        self._head = (status, headers)
        return self.write

    def write(self, part: bytes) -> None:
        """A part of the body, with the head before the first one."""
        head = b"" if self.is_begun else self._begin()
        if self._is_bare:
            part = b""
        elif self._chunked and part:
            part = b"%x\r\n%b\r\n" % (len(part), part)
        if len(part) < _JOINED_BYTES:
            self._connection.sendall(head + part)
        else:
            self._connection.sendall(head)
            self._connection.sendall(part)

    def end(self) -> None:
        if not self.is_begun:
            self.write(b"")
        if self._chunked:
            self._connection.sendall(b"0\r\n\r\n")

    def _begin(self) -> bytes:
        assert self._head is not None, "the application has not called start_response"
        status, headers = self._head
        self.is_begun = True
        self.is_last = self._ask_is_last()
        names = {name.lower() for name, _ in headers}
        given = [f"{name}: {value}" for name, value in headers]
        if "date" not in names:
            given.append(f"Date: {_date(int(time()))}")
        self._is_bare = self._asked.method == "HEAD" or status.startswith(_WITHOUT_BODY)
        if not self._is_bare and not self._asked.is_old and "content-length" not in names:
            self._chunked = True
            given.append("Transfer-Encoding: chunked")
        if self.is_last:
            given.append("Connection: close")
        return "\r\n".join([f"HTTP/1.1 {status}", *given, "", ""]).encode("latin-1")


def plain(status: int, reason: str) -> bytes:
    """The last answer to what is no request."""
    body = f"Error code: {status}. {reason}.\n".encode()
    head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: text/plain\r\n"
    return f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)
