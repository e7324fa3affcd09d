"""Moto's HTTP request handler with a log that shows only what went wrong."""

from __future__ import annotations

import logging

from moto.moto_server.werkzeug_app import MotoRequestHandler

_logger = logging.getLogger(__name__)


class RequestHandler(MotoRequestHandler):
    """Clients poll: a line for every request would bury the few that matter."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if str(code).startswith("5"):
            target = self.headers.get("X-Amz-Target", "")
            _logger.warning("%s %s %s -> %s", self.command, self.path, target, code)
