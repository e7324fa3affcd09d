"""The bytes of a connection, as long as they come fast enough: a thread waits for each client."""

from __future__ import annotations

import io
import socket
import time
from typing import Any

GRACE_SECONDS = 30.0
LEAST_BYTES_A_SECOND = 1024
# Until the next request begins. Clients that poll wait whole seconds: none of them sends just then.
IDLE_SECONDS = 8.6
_ANSWER_SECONDS = 300.0  # for the client to take a part of the answer


class PatientInput(io.RawIOBase):
    """TimeoutError once a request is late, or once none has come after `await_next`."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._began = time.monotonic()
        self._received = 0
        self._is_idle = False

    def await_next(self) -> None:
        """A request has been answered: the connection may have another one, or none."""
        self._began = time.monotonic()
        self._received = 0
        self._is_idle = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        received_for = GRACE_SECONDS + self._received / LEAST_BYTES_A_SECOND
        allowed = IDLE_SECONDS if self._is_idle else received_for
        left = self._began + allowed - time.monotonic()
        if left <= 0:
            raise TimeoutError("The request comes too slowly.")
        self._connection.settimeout(left)
        received = self._connection.recv_into(buffer)
        self._connection.settimeout(_ANSWER_SECONDS)
        if self._is_idle:
            self._began, self._is_idle = time.monotonic(), False
        self._received += received
        return received
