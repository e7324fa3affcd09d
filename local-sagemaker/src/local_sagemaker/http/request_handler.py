"""Moto's HTTP request handler: it shows only what went wrong, and waits for no slow client."""

from __future__ import annotations

import io
import logging

from moto.moto_server.werkzeug_app import MotoRequestHandler

from local_sagemaker.http.patient_input import PatientInput

_logger = logging.getLogger(__name__)


class RequestHandler(MotoRequestHandler):
    """Clients poll: a line for every request would bury the few that matter."""

    def setup(self) -> None:
        super().setup()
        self.rfile = io.BufferedReader(PatientInput(self.connection))

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if str(code).startswith("5"):
            target = self.headers.get("X-Amz-Target", "")
            _logger.warning("%s %s %s -> %s", self.command, self.path, target, code)
