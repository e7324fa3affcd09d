"""The head of a request, and of an answer: it can be read in one way only.

Two readers of anything else would see two requests, or wait for a body that does not come (RFC
9112, 3, 5.1 and 6.3).
"""

from __future__ import annotations

import re
from typing import BinaryIO, NamedTuple

_MOST_BYTES = 65_536  # of a line
_MOST_HEADERS = 100
_REQUEST_LINE = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([^\s]+) HTTP/(\d)\.(\d)\r?\n")
_HEADER = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\r\n\0]*)\r?\n")
_LENGTH = re.compile(r"[0-9]{1,18}")


class Unreadable(Exception):
    """What has come is no request; the connection has no other after it."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status


class Head(NamedTuple):
    """`target` and headers are as they were sent, bytes as Latin-1; `length` is the body's.

    A body that is `chunked` tells its length as it comes. `is_last` is whether the client wants no
    other answer over the connection. One that `is_old`, of HTTP/1.0, knows no chunks.
    """

    method: str
    target: str
    headers: list[tuple[str, str]]
    length: int
    chunked: bool
    expects_continue: bool
    is_last: bool
    is_old: bool


def read_head(stream: BinaryIO) -> Head | None:
    """None where the client has closed the connection instead. Raises Unreadable, and OSError."""
    line = read_line(stream)
    if not line:
        return None
    found = _REQUEST_LINE.fullmatch(line)
    if found is None:
        raise Unreadable("The first line is no request of HTTP/1.1")
    method, target, major, minor = found.groups()
    if major != "1":
        raise Unreadable(f"HTTP/{major}.{minor} is not known here", 505)
    headers = read_headers(stream)
    named: dict[str, list[str]] = {}
    for name, value in headers:
        named.setdefault(name.lower(), []).append(value)
    length, chunked = framing(named)
    options = ",".join(named.get("connection", [])).lower()
    return Head(
        method=method,
        target=target,
        headers=headers,
        length=length or 0,
        chunked=chunked,
        expects_continue=named.get("expect", [""])[0].lower() == "100-continue",
        is_last=minor == "0" or "close" in options,
        is_old=minor == "0",
    )


def read_headers(stream: BinaryIO) -> list[tuple[str, str]]:
    """Names and values in their order, up to the empty line. Raises Unreadable."""
    headers: list[tuple[str, str]] = []
    while (line := read_line(stream)) not in ("\r\n", "\n"):
        found = _HEADER.fullmatch(line)
        if found is None:
            raise Unreadable("A line of the headers is none")
        if len(headers) == _MOST_HEADERS:
            raise Unreadable("There are too many headers", 431)
        headers.append((found[1], found[2].rstrip(" \t")))
    return headers


def read_line(stream: BinaryIO) -> str:
    """With its end; empty at the end of the stream. Raises Unreadable for one that is too long."""
    line = stream.readline(_MOST_BYTES + 1)
    if len(line) > _MOST_BYTES:
        raise Unreadable("A line is too long", 431)
    return line.decode("latin-1")


def framing(named: dict[str, list[str]]) -> tuple[int | None, bool]:
    """The length of the body, None where none is said, and whether the body is chunked instead.

    `named` are headers by their names in lower case. Raises Unreadable.
    """
    lengths = set(named.get("content-length", ()))
    codings = named.get("transfer-encoding", ())
    if len(lengths) > 1 or not all(map(_LENGTH.fullmatch, lengths)):
        raise Unreadable("Content-Length is not one whole number")
    if codings and [coding.strip().lower() for coding in codings] != ["chunked"]:
        raise Unreadable("The Transfer-Encoding is not chunked")
    if codings and lengths:
        raise Unreadable("The request has Content-Length and Transfer-Encoding")
    return int(lengths.pop()) if lengths else None, bool(codings)
