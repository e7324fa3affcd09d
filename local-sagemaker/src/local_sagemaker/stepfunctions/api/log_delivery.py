"""Lines about executions, on their way to CloudWatch Logs."""

from __future__ import annotations

import logging
import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.stepfunctions.api.history import Event
from local_sagemaker.stepfunctions.api.log_lines import is_logged, line, milliseconds

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.execution import Execution

# By which Step Functions shows itself that it may write to a log group.
_TRIAL_STREAM = "log_stream_created_by_aws_to_validate_log_delivery_subscriptions"
_BATCH_BYTES = 900_000  # PutLogEvents takes 1,048,576 at a time
_GATHERED_SECONDS = 0.1  # states come close upon each other: their lines go in one call
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Line:
    group: str
    stream: str
    time: int
    message: str


class LogDelivery:
    """Writes lines in the background, in their order. `logs` is a client of CloudWatch Logs."""

    def __init__(self, logs: Any) -> None:
        self._logs = logs
        self._streams: dict[tuple[str, str], str] = {}
        self._lines: queue.Queue[_Line] = queue.Queue()
        threading.Thread(target=self._deliver, name="states-logs", daemon=True).start()

    def accepts(self, group: str) -> bool:
        """Whether the log group is there; then it has the stream of Step Functions' trial."""
        try:
            self._make_stream(group, _TRIAL_STREAM)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                return False
            raise
        return True

    def log_of(
        self, name: str, group: str, configuration: dict[str, Any]
    ) -> Callable[[Execution, Event], None]:
        """What is told the events of executions of the state machine with this name."""
        stream = self._streams.setdefault((name, group), _new_stream(name))
        level, data = configuration["level"], configuration["includeExecutionData"]

        def log(execution: Execution, event: Event) -> None:
            if is_logged(event["type"], level):
                message = line(execution, event, data=data)
                self._lines.put(_Line(group, stream, milliseconds(event), message))

        return log

    def _deliver(self) -> None:
        while True:
            for batch in _batches(self._waiting()):
                try:
                    self._write(batch)
                except (ClientError, BotoCoreError) as fault:  # the log group may be gone
                    _logger.warning(
                        "%d lines of %s are lost: %s", len(batch), batch[0].stream, fault
                    )

    def _waiting(self) -> list[_Line]:
        """All lines that are there a moment after the first."""
        lines = [self._lines.get()]
        time.sleep(_GATHERED_SECONDS)
        while not self._lines.empty():
            lines.append(self._lines.get())
        return lines

    def _write(self, batch: list[_Line]) -> None:
        """Only the first lines of a stream find none."""
        try:
            self._put(batch)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            self._make_stream(batch[0].group, batch[0].stream)
            self._put(batch)

    def _put(self, batch: list[_Line]) -> None:
        self._logs.put_log_events(
            logGroupName=batch[0].group,
            logStreamName=batch[0].stream,
            logEvents=[{"timestamp": each.time, "message": each.message} for each in batch],
        )

    def _make_stream(self, group: str, stream: str) -> None:
        try:
            self._logs.create_log_stream(logGroupName=group, logStreamName=stream)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceAlreadyExistsException":
                raise


def _new_stream(name: str) -> str:
    minute = time.strftime("%Y-%m-%d-%H-%M", time.gmtime())
    return f"states/{name}/{minute}/{uuid.uuid4().hex[:8]}"


def _batches(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Lines of one stream, so many as one call takes."""
    streams: dict[tuple[str, str], list[_Line]] = {}
    for each in lines:
        streams.setdefault((each.group, each.stream), []).append(each)
    for of_stream in streams.values():
        batch: list[_Line] = []
        size = 0
        for each in of_stream:
            length = len(each.message.encode())
            if batch and size + length > _BATCH_BYTES:
                yield batch
                batch, size = [], 0
            batch.append(each)
            size += length
        yield batch
