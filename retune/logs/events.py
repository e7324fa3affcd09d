"""Events of CloudWatch Logs, read once or followed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from retune.aws import Aws, seconds_between_looks


@dataclass(frozen=True)
class LogEvent:
    """A line of a log; `source` is the stream or the function that wrote it."""

    id: str
    milliseconds: int  # since 1970
    source: str
    message: str

    @property
    def time(self) -> datetime:
        return datetime.fromtimestamp(self.milliseconds / 1000, UTC)

    def as_document(self) -> dict[str, Any]:
        """For programs."""
        time = self.time.isoformat(timespec="milliseconds")
        return {"Timestamp": time, "Source": self.source, "Message": self.message}


class Log(Protocol):
    """Something that writes a log for a while."""

    def events(self, since: int) -> list[LogEvent]:
        """Those from a time on, in milliseconds since 1970, oldest first."""

    def is_over(self) -> bool:
        """Whether no more are to come, but for those that are late."""


def follow(log: Log) -> Iterator[LogEvent]:
    """The events as they come, until the log is over."""
    pause = seconds_between_looks()
    seen: set[str] = set()
    since, was_over = 0, False
    while not was_over:
        was_over = log.is_over()
        if was_over:
            time.sleep(pause)  # events are seen some time after they were written
        for event in log.events(since):
            if event.id not in seen:
                seen.add(event.id)
                since = max(since, event.milliseconds)
                yield event
        if not was_over:
            time.sleep(pause)


def read_events(
    aws: Aws, group: str, *, since: int, until: int | None = None, streams: Sequence[str] = ()
) -> list[LogEvent]:
    """Of a log group, or of some of its streams; none where there is no such group."""
    client = aws.client("logs")
    asked: dict[str, Any] = {"logGroupName": group, "startTime": since}
    asked |= {"endTime": until} if until is not None else {}
    asked |= {"logStreamNames": list(streams)} if streams else {}
    try:
        pages = client.get_paginator("filter_log_events").paginate(**asked)
        found = [event for page in pages for event in page["events"]]
    except client.exceptions.ResourceNotFoundException:
        return []
    return [LogEvent(e["eventId"], e["timestamp"], e["logStreamName"], e["message"]) for e in found]


def streams_of(aws: Aws, group: str, prefix: str) -> list[str]:
    """The streams of a group whose names begin so; none where there is no such group."""
    client = aws.client("logs")
    try:
        pages = client.get_paginator("describe_log_streams").paginate(
            logGroupName=group, logStreamNamePrefix=prefix
        )
        return [stream["logStreamName"] for page in pages for stream in page["logStreams"]]
    except client.exceptions.ResourceNotFoundException:
        return []
