"""A CloudWatch Logs stream that a container's output goes to, in batches."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

BATCH_SECONDS = 0.5
# What PutLogEvents takes at once; each event counts 26 bytes more than its text has in UTF-8.
BATCH_EVENTS = 10_000
BATCH_BYTES = 1_048_576
EVENT_EXTRA_BYTES = 26
# An event has at most 256 KB, and a character at most four bytes.
EVENT_CHARACTERS = 65_000

_logger = logging.getLogger(__name__)
_Event = dict[str, Any]


class LogStreams:
    """The streams of one piece of work, whose names begin alike; close() closes all."""

    def __init__(self, client: Any, group: str, stream: str) -> None:
        self._client = client
        self._group = group
        self._stream = stream
        self._opened: list[LogStream | LogStreams] = []

    def open(self) -> LogStream:
        """The stream of this name."""
        log = LogStream(self._client, self._group, self._stream)
        self._opened.append(log)
        return log

    def below(self, name: str) -> LogStreams:
        """Those that belong to a part of the work."""
        part = LogStreams(self._client, self._group, f"{self._stream}/{name}")
        self._opened.append(part)
        return part

    def close(self) -> None:
        for log in self._opened:
            log.close()


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
        for start in range(0, max(len(message), 1), EVENT_CHARACTERS):
            part = message[start : start + EVENT_CHARACTERS]
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
            closed = False
            while not closed:
                gathered = [self._lines.get()]
                self._closing.wait(BATCH_SECONDS)
                while not self._lines.empty():
                    gathered.append(self._lines.get())
                closed = None in gathered
                for batch in batches(event for event in gathered if event is not None):
                    self._client.put_log_events(
                        logGroupName=self.group, logStreamName=self.stream, logEvents=batch
                    )
        except (ClientError, BotoCoreError):
            _logger.exception(
                "Writing to %s %s failed; later lines are lost", self.group, self.stream
            )

    def _create(self) -> None:
        """The stream, and the group for the first of its streams."""
        place = {"logGroupName": self.group, "logStreamName": self.stream}
        try:
            self._client.create_log_stream(**place)
        except self._client.exceptions.ResourceNotFoundException:
            with contextlib.suppress(self._client.exceptions.ResourceAlreadyExistsException):
                self._client.create_log_group(logGroupName=self.group)
            self._client.create_log_stream(**place)


def batches(events: Iterable[_Event]) -> Iterator[list[_Event]]:
    """The events in their order, in as few calls of PutLogEvents as they need."""
    batch: list[_Event] = []
    size = 0
    for event in events:
        event_size = len(event["message"].encode()) + EVENT_EXTRA_BYTES
        if batch and (len(batch) == BATCH_EVENTS or size + event_size > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(event)
        size += event_size
    if batch:
        yield batch
