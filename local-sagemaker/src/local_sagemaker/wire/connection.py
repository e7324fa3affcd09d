"""Answers the requests of a connection, one after the other."""

from __future__ import annotations

import io
import socket
import time
import traceback
from contextlib import suppress
from socketserver import BaseRequestHandler
from typing import Any

from werkzeug.serving import BaseWSGIServer
from werkzeug.wsgi import LimitedStream

from local_sagemaker.wire.answer import Answer, plain
from local_sagemaker.wire.environ import environ_of
from local_sagemaker.wire.head import Head, Unreadable, read_head
from local_sagemaker.wire.patient_input import GRACE_SECONDS, PatientInput

_LEFT_SECONDS = 0.01  # between the parts of what a client still sends that has its answer
_LEFT_BYTES = 2**20


class Connection(BaseRequestHandler):
    """A request handler for werkzeug's servers."""

    request: socket.socket
    server: BaseWSGIServer

    def handle(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._patience = PatientInput(self.request)
        self._input = io.BufferedReader(self._patience)
        try:
            while self._answer_next():
                self._patience.await_next()
        except (ConnectionError, TimeoutError):
            pass  # it is the client that has gone, or that sends no more

    def environ(self, head: Head) -> dict[str, Any]:
        """Raises Unreadable."""
        return environ_of(head, self._input, self.request)

    def answered(self, environ: dict[str, Any], status: str) -> None:
        """Called after each answer, and when its client has gone before it."""

    def _answer_next(self) -> bool:
        """Whether there may be another request after this one."""
        try:
            head = read_head(self._input)
            if head is None:
                return False
            environ = self.environ(head)
        except Unreadable as fault:
            self.request.sendall(plain(fault.status, str(fault)))
            self._drain()
            return False
        if head.expects_continue:
            self.request.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = environ["wsgi.input"]

        def is_last() -> bool:
            """A body that was not read would be taken for the next request."""
            return head.is_last or not isinstance(body, LimitedStream) or not body.is_exhausted

        answer = Answer(self.request, head, is_last)
        try:
            self._answer(environ, answer)
            if answer.is_last:
                self._drain()
        finally:
            self.answered(environ, answer.status)
        return not answer.is_last

    def _answer(self, environ: dict[str, Any], answer: Answer) -> None:
        try:
            parts = self.server.app(environ, answer.start)
            try:
                for part in parts:
                    answer.write(part)
                answer.end()
            finally:
                if hasattr(parts, "close"):
                    parts.close()
        except (ConnectionError, TimeoutError):
            raise
        except Exception:
            self.server.log("error", "Error on request:\n%s", traceback.format_exc())
            answer.is_last = True
            if not answer.is_begun:
                self.request.sendall(plain(500, "The server has failed; see its log"))

    def _drain(self) -> None:
        """Take in what the client still sends: a reset could reach it before the answer."""
        until = time.monotonic() + GRACE_SECONDS
        self.request.settimeout(_LEFT_SECONDS)
        with suppress(TimeoutError):
            while self.request.recv(_LEFT_BYTES) and time.monotonic() < until:
                pass
