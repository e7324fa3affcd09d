"""The handler that Lambda's runtime puts on Python's root logger."""

from __future__ import annotations

import logging
import sys
import time


class LogHandler(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes `[LEVEL] time request-id message` to the function's log."""

    def __init__(self) -> None:
        super().__init__(sys.stdout)
        self.request_id = ""
        formatter = logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s",
            datefmt="%Y-%m-%dT%H:%M:%S",
        )
        formatter.converter = time.gmtime
        self.setFormatter(formatter)

    def format(self, record: logging.LogRecord) -> str:
        record.aws_request_id = self.request_id
        return super().format(record)


def install_log_handler() -> LogHandler:
    handler = LogHandler()
    logging.getLogger().addHandler(handler)
    return handler
