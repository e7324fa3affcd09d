"""Moto's HTTP request handler: it shows only what went wrong, waits for no slow
client and guesses at no request."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler

from local_sagemaker.http.framing import framing_fault
from local_sagemaker.http.patient_input import PatientInput
from local_sagemaker.protocol.wsgi import WHEN_ANSWERED

_logger = logging.getLogger(__name__)


class RequestHandler(MotoRequestHandler):
    """Clients poll: a line for every request would bury the few that matter."""

    def setup(self) -> None:
        super().setup()
        self.rfile = io.BufferedReader(PatientInput(self.connection))

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        fault = framing_fault(self.headers) if self.request_version != "HTTP/0.9" else ""
        if fault:
            self.send_error(400, fault)
        return not fault

    def run_wsgi(self) -> None:
        self._when_answered: list[Callable[[], None]] = []
        try:
            super().run_wsgi()
        finally:
            for call in self._when_answered:
                call()

    def make_environ(self) -> dict[str, Any]:
        try:
            environ: dict[str, Any] = super().make_environ()
        except ValueError:  # of urlsplit, for http://[::1/ and the like
            self.send_error(400, "The request's target is no URL")
            raise ConnectionAbortedError from None  # what werkzeug goes on from in silence
        return environ | {WHEN_ANSWERED: self._when_answered}

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if str(code).startswith("5"):
            # A request may be refused before it has a path and headers.
            path, headers = getattr(self, "path", ""), getattr(self, "headers", {})
            target = headers.get("X-Amz-Target", "")
            _logger.warning("%s %s %s -> %s", self.command, path, target, code)
