"""The bytes of a connection, as long as they come fast enough: a thread waits for each client."""

from __future__ import annotations

import io
import socket
import time
from typing import Any

GRACE_SECONDS = 30.0
LEAST_BYTES_A_SECOND = 1024
_ANSWER_SECONDS = 300.0  # for the client to take a part of the answer


class PatientInput(io.RawIOBase):
    """Reads one request; TimeoutError once it is late. Its connection has no other (werkzeug)."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._began = time.monotonic()
        self._received = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        allowed = GRACE_SECONDS + self._received / LEAST_BYTES_A_SECOND
        left = self._began + allowed - time.monotonic()
        if left <= 0:
            raise TimeoutError("The request comes too slowly.")
        self._connection.settimeout(left)
        received = self._connection.recv_into(buffer)
        self._connection.settimeout(_ANSWER_SECONDS)
        self._received += received
        return received
