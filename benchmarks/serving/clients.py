"""Clients that ask a server over connections that they keep, each for the next as it has answered.

    python -m benchmarks.serving.clients CLIENTS SECONDS < ASKED

ASKED is JSON: the port, and requests as they go over the wire, in base64. What comes out is JSON
too:
how long all took, and each answer's latency, in seconds. One process for all clients, and as little
work a request as there can be: the cores are for the server.
"""

from __future__ import annotations

import base64
import json
import re
import selectors
import socket
import sys
import time
from itertools import cycle
from typing import Any

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


class Client:
    """One request at a time. A server that closes the connection is connected to anew."""

    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self._port, self._selector = port, selector
        self._connection: socket.socket | None = None
        self._began = 0.0
        self._received = b""

    def ask(self, request: bytes) -> None:
        self._began, self._received = time.perf_counter(), b""
        if self._connection is None:
            self._connection = socket.create_connection(("127.0.0.1", self._port))
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(self._connection, selectors.EVENT_READ, self)
        self._connection.sendall(request)

    def read(self) -> float | None:
        """The seconds that the answer took; None while a part of it is missing."""
        assert self._connection is not None
        part = self._connection.recv(2**20)
        if not part:
            raise ConnectionError("The server has closed the connection within an answer.")
        self._received += part
        head, ends, body = self._received.partition(b"\r\n\r\n")
        found = _LENGTH.search(head)
        if not ends or len(body) < (int(found[1]) if found else 0):
            return None
        took = time.perf_counter() - self._began
        if head[9:12] != b"200":
            raise ValueError(self._received.decode(errors="replace"))
        if _CLOSES.search(head) or head.startswith(b"HTTP/1.0"):
            self._selector.unregister(self._connection)
            self._connection.close()
            self._connection = None
        return took


def latencies(port: int, requests: list[bytes], clients: int, seconds: float) -> list[float]:
    """Of what was asked within `seconds`, in the order of the answers."""
    following, taken = cycle(requests), []
    with selectors.DefaultSelector() as selector:
        until = time.perf_counter() + seconds
        asking = clients
        for _ in range(clients):
            Client(port, selector).ask(next(following))
        while asking:
            for key, _ in selector.select():
                client: Client = key.data
                took = client.read()
                if took is None:
                    continue
                taken.append(took)
                if time.perf_counter() < until:
                    client.ask(next(following))
                else:
                    asking -= 1
    return taken


def main() -> None:
    clients, seconds = sys.argv[1:]
    asked: dict[str, Any] = json.load(sys.stdin)
    requests = [base64.b64decode(request) for request in asked["requests"]]
    began = time.perf_counter()
    found = latencies(asked["port"], requests, int(clients), float(seconds))
    print(json.dumps({"seconds": time.perf_counter() - began, "latencies": found}))


if __name__ == "__main__":
    main()
