"""Who reads while others write is answered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event
from typing import Any

from botocore.config import Config
from local_sagemaker.local_aws import LocalAws

ONCE = Config(retries={"total_max_attempts": 1})
WRITERS, READS = 3, 50


def test_streams_are_listed_while_jobs_begin_others(local_aws: LocalAws) -> None:
    logs: Any = local_aws.client("logs", config=ONCE)
    logs.create_log_group(logGroupName="busy")
    for number in range(200):
        logs.create_log_stream(logGroupName="busy", logStreamName=f"before-{number}")
    done = Event()

    def write(writer: int) -> None:
        for number in count():
            if done.is_set():
                return
            logs.create_log_stream(logGroupName="busy", logStreamName=f"{writer}-{number}")

    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write, writer) for writer in range(WRITERS)]
        try:
            answers = [logs.describe_log_streams(logGroupName="busy") for _ in range(READS)]
        finally:
            done.set()
        for each in writing:
            each.result()
    assert all(len(answer["logStreams"]) == 50 for answer in answers)
