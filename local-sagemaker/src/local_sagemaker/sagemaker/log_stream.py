"""A CloudWatch Logs stream that a container's output goes to, in batches."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

BATCH_SECONDS = 0.5
# PutLogEvents takes 1 MB with 26 bytes a line on top, and a single line of at most 256 KB.
BATCH_LINES = 1000
LINE_LIMIT = 900

_logger = logging.getLogger(__name__)
_Event = dict[str, Any]


class LogStream:
    """Collects lines and writes them about twice a second; a silent container costs nothing."""

    def __init__(self, client: Any, group: str, stream: str) -> None:
        self.group = group
        self.stream = stream
        self._client = client
        self._lines: queue.SimpleQueue[_Event | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"log {stream}", daemon=True)
        self._thread.start()

    def write(self, line: str) -> None:
        """Add a line. A TAB arrives as `#011`, which is how SageMaker's log agent writes it."""
        message = line.replace("\t", "#011")
        for start in range(0, max(len(message), 1), LINE_LIMIT):
            part = message[start : start + LINE_LIMIT]
            # CloudWatch Logs refuses an empty message.
            self._lines.put({"timestamp": int(time.time() * 1000), "message": part or " "})

    def close(self) -> None:
        """Write what is left and wait until it is written."""
        self._closing.set()
        self._lines.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._create()
            while (first := self._lines.get()) is not None:
                self._closing.wait(BATCH_SECONDS)
                if self._put([first]):
                    return
        except (ClientError, BotoCoreError):
            _logger.exception(
                "Writing to %s %s failed; later lines are lost", self.group, self.stream
            )

    def _put(self, events: list[_Event]) -> bool:
        """Write what has gathered; true when the stream was closed meanwhile."""
        closed = False
        with contextlib.suppress(queue.Empty):
            while not closed and len(events) < BATCH_LINES:
                event = self._lines.get_nowait()
                closed = event is None
                if event is not None:
                    events.append(event)
        self._client.put_log_events(
            logGroupName=self.group, logStreamName=self.stream, logEvents=events
        )
        return closed

    def _create(self) -> None:
        with contextlib.suppress(self._client.exceptions.ResourceAlreadyExistsException):
            self._client.create_log_group(logGroupName=self.group)
        self._client.create_log_stream(logGroupName=self.group, logStreamName=self.stream)
