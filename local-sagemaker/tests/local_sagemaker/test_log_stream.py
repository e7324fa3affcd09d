"""How a container's output reaches CloudWatch Logs: within what PutLogEvents takes."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.sagemaker.log_stream import LogStream, batches

from tests.local_sagemaker.server import LocalSageMaker, new_name
from tests.local_sagemaker.waiting import log_lines


def events(count: int, message: str) -> list[dict[str, Any]]:
    return [{"timestamp": number, "message": message} for number in range(count)]


@pytest.mark.parametrize(
    ("gathered", "sizes"),
    [
        (events(0, ""), []),
        (events(10_001, "x"), [10_000, 1]),
        (events(5, "x" * (262_144 - 26)), [4, 1]),
        (events(5, "x" * (262_144 - 25)), [3, 2]),
        (events(3, "é" * 200_000), [2, 1]),
    ],
    ids=["none", "10,000 events", "1 MB", "26 bytes an event", "bytes, not characters"],
)
def test_batch_is_what_one_call_takes(gathered: list[dict[str, Any]], sizes: list[int]) -> None:
    parts = list(batches(gathered))
    assert [len(part) for part in parts] == sizes
    assert [event for part in parts for event in part] == gathered


def test_lines_arrive_in_order_and_in_parts_when_they_are_long(local: LocalSageMaker) -> None:
    group = new_name("/aws/sagemaker/LogStreamTest")
    log = LogStream(local.logs, group, "stream")
    for line in ("first", "", "a\tb", "ü" * 65_001, "last"):
        log.write(line)
    log.close()
    assert log_lines(local, group) == ["first", " ", "a#011b", "ü" * 65_000, "ü", "last"]
