"""A connection has one request after another, and none that is read in two ways."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from local_sagemaker.wire import client as wire_client
from local_sagemaker.wire import patient_input
from local_sagemaker.wire.client import Client
from local_sagemaker.wire.server import wsgi_server

Headers = list[tuple[str, str]]


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Says whose request it was and what was in it; reads no body of /unread."""
    path = environ["PATH_INFO"]
    if path == "/broken":
        raise ValueError("a defect")
    headers: Headers = [("X-Peer", environ["REMOTE_PORT"])]
    if path == "/parts":
        start_response("200 OK", headers)
        return [b"one,", b"two"]
    if path == "/nothing":
        start_response("204 NO CONTENT", headers)
        return []
    body = b"" if path == "/unread" else environ["wsgi.input"].read()
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


@pytest.fixture
def port() -> Iterator[int]:
    server = wsgi_server("127.0.0.1", 0, application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()


def answers(port: int, sent: bytes) -> bytes:
    """All that comes back until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(sent)
        return b"".join(iter(lambda: connection.recv(4096), b""))


def request(path: str, body: bytes = b"", *headers: str, method: str = "POST") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


def test_connection_has_one_request_after_another(port: int) -> None:
    last = request("/", b"3", "Connection: close")
    found = answers(port, request("/", b"1") + request("/parts") + request("/nothing") + last)
    assert found.count(b"HTTP/1.1 ") == 4
    assert b"\r\n\r\n1HTTP/1.1 200 OK" in found
    assert b"4\r\none,\r\n3\r\ntwo\r\n0\r\n\r\nHTTP/1.1 204 NO CONTENT" in found
    assert found.endswith(b"\r\n\r\n3")


def test_answer_to_head_has_no_body(port: int) -> None:
    found = answers(port, request("/parts", method="HEAD") + request("/", b"", "Connection: close"))
    assert (found.count(b"HTTP/1.1 200 OK"), b"one" in found) == (2, False)


@pytest.mark.parametrize("path", ["/unread", "/broken"])
def test_body_that_was_not_read_is_no_request(port: int, path: str) -> None:
    hidden = request("/", b"hidden")
    found = answers(port, request(path, hidden) + request("/", b"next"))
    assert found.count(b"HTTP/1.1 ") == 1
    assert b"\r\nConnection: close\r\n" in found
    assert b"hidden" not in found


def test_body_in_chunks_is_the_last_one(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    found = answers(port, head + b"3\r\nabc\r\n0\r\n\r\n" + request("/", b"next"))
    assert (found.count(b"HTTP/1.1 200 OK"), found.endswith(b"abc")) == (1, True)


def test_older_client_has_one_answer(port: int) -> None:
    found = answers(port, b"GET /parts HTTP/1.0\r\n\r\n" * 2)
    assert found.count(b"HTTP/1.1 200 OK") == 1
    assert found.endswith(b"\r\nConnection: close\r\n\r\none,two")  # to the end, in no chunks


def test_client_that_waits_for_it_may_go_on(port: int) -> None:
    sent = request("/", b"1", "Expect: 100-continue", "Connection: close")
    assert answers(port, sent).startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")


def test_idle_connection_is_closed(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient_input, "IDLE_SECONDS", 0.2)
    assert answers(port, request("/", b"1")).endswith(b"\r\n\r\n1")


def test_client_keeps_its_connection(port: int) -> None:
    asked = Client("127.0.0.1", port)
    first, second = (asked.ask("POST", "/", b"row", {}, 10) for _ in range(2))
    assert (first.status, first.body, second.body) == (200, b"row", b"row")
    assert first.headers["x-peer"] == second.headers["x-peer"]
    assert asked.ask("POST", "/nothing", b"", {}, 10).status == 204
    asked.close()


def test_client_trusts_no_connection_for_long(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_client, "_KEPT_SECONDS", 0.0)
    asked = Client("127.0.0.1", port)
    first, second = (asked.ask("POST", "/", b"row", {}, 10) for _ in range(2))
    assert first.headers["x-peer"] != second.headers["x-peer"]
    asked.close()


@contextmanager
def saying(words: bytes) -> Iterator[int]:
    """The port of a server that says this to its one client, and closes the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(words)

        thread = threading.Thread(target=answer)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    ("words", "body"),
    [
        (b"HTTP/1.0 200 OK\r\n\r\nto the end", b"to the end"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", b"a"),
    ],
)
def test_client_reads_answers_of_other_servers(words: bytes, body: bytes) -> None:
    with saying(words) as port:
        asked = Client("127.0.0.1", port)
        assert asked.ask("GET", "/ping", b"", {}, 10).body == body
        asked.close()


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"no answer\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na",
        b"HTTP/1.1 200 O",
    ],
)
def test_answer_that_is_broken_off_is_a_connection_error(words: bytes) -> None:
    with saying(words) as port, pytest.raises(ConnectionError):
        Client("127.0.0.1", port).ask("GET", "/ping", b"", {}, 10)
