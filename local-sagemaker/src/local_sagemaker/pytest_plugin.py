"""pytest fixtures: one local AWS for the whole test session."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest

from local_sagemaker.control import ask
from local_sagemaker.process import background

REGION = "us-east-1"


@dataclass(frozen=True)
class LocalAws:
    """A running local AWS and clients that talk to it."""

    endpoint_url: str
    pid: int
    directory: Path

    def client(self, service: str, **options: Any) -> Any:
        # A session's client takes any service's name; boto3-stubs' overloads want a literal.
        make: Any = boto3.client
        return make(service, endpoint_url=self.endpoint_url, **(_CREDENTIALS | options))

    def environment(self) -> dict[str, str]:
        """For command-line tools: the environment in which they reach this server."""
        return os.environ | {
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
        }


_CREDENTIALS = {
    "region_name": REGION,
    "aws_access_key_id": "test",
    "aws_secret_access_key": "test",
}


@pytest.fixture(scope="session")
def local_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    directory = tmp_path_factory.mktemp("local-aws")
    running = background.start(free_port(), directory)
    yield LocalAws(running.endpoint_url, running.pid, directory)
    children = child_pids(running.pid)
    background.stop(directory)
    assert [pid for pid in [running.pid, *children] if is_running(pid)] == []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def child_pids(parent: int) -> list[int]:
    listing = subprocess.run(
        ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    pairs = [line.split() for line in listing.stdout.splitlines()]
    return [int(pid) for pid, ppid in pairs if int(ppid) == parent]


def is_running(pid: int) -> bool:
    """A zombie, which only waits to be collected, does not count as running."""
    shown = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip() != "" and not shown.stdout.strip().startswith("Z")


@pytest.fixture
def no_faults_afterwards(local_aws: LocalAws) -> Iterator[None]:
    """What the test lets go wrong goes right again."""
    yield
    ask(local_aws, "DELETE", "faults")
