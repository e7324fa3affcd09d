"""The log of a training job, which CloudWatch Logs has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError

from retune.aws import Aws

GROUP = "/aws/sagemaker/TrainingJobs"
_PAGES = 5  # of 10,000 lines or 1 MiB, in one look; the rest comes with the next


@dataclass(frozen=True)
class Line:
    """A line of the log and when it was written."""

    time: datetime
    text: str


@dataclass(frozen=True)
class Place:
    """How far a log has been read: the time of the last line in milliseconds, and how many lines
    of this very time were read."""

    milliseconds: int = 0
    lines: int = 0

    def __str__(self) -> str:
        return f"{self.milliseconds}-{self.lines}"

    @classmethod
    def parse(cls, text: str) -> Place:
        """Raises ValueError for another text."""
        milliseconds, _, lines = text.partition("-")
        return cls(int(milliseconds), int(lines))


def read_log(aws: Aws, training_job: str, after: Place) -> tuple[list[Line], Place]:
    """The lines since that place, of all its instances, and the place behind them.

    Nothing while the job has not written anything yet. Two calls, and four more for a long log.
    """
    logs = aws.client("logs")
    try:
        streams = logs.describe_log_streams(
            logGroupName=GROUP, logStreamNamePrefix=f"{training_job}/"
        )["logStreams"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        streams = []
    if not streams:
        return [], after
    pages = logs.get_paginator("filter_log_events").paginate(
        logGroupName=GROUP,
        logStreamNames=[stream["logStreamName"] for stream in streams],
        startTime=after.milliseconds,
    )
    events = [event for page in islice(pages, _PAGES) for event in page["events"]]
    events.sort(key=lambda event: int(event["timestamp"]))
    known = [event for event in events if event["timestamp"] == after.milliseconds]
    new = events[min(after.lines, len(known)) :]
    return [_line(event) for event in new], _behind(events, after)


def _line(event: dict[str, Any]) -> Line:
    time = datetime.fromtimestamp(event["timestamp"] / 1000, UTC)
    return Line(time, event["message"].rstrip("\n"))


def _behind(events: list[dict[str, Any]], after: Place) -> Place:
    if not events:
        return after
    last = events[-1]["timestamp"]
    return Place(last, sum(event["timestamp"] == last for event in events))
