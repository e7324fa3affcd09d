"""When local AWS answers, and the memory it has then, beside moto's own server.

    python -m benchmarks.server [--repeats 5]

Ready is a server that has answered a question to each of IAM, S3 and SQS: moto's imports a service
when it is first asked for one. Local AWS has read what it needs of SageMaker, Step Functions and
the others by then, which moto has not.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import psutil
from botocore.exceptions import EndpointConnectionError
from local_sagemaker.process.free_port import free_port

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.local import local_aws, process_of
from benchmarks.harness.result import publish
from benchmarks.harness.timing import by_turns

QUESTIONS = (("iam", "list_roles"), ("s3", "list_buckets"), ("sqs", "list_queues"))
Ready = tuple[float, float, float]  # seconds, seconds of processor time, megabytes


def ours() -> Ready:
    began = time.perf_counter()
    with local_aws() as server:
        for service, operation in QUESTIONS:
            getattr(server.client(service), operation)()
        return measured(began, process_of(server))


def moto() -> Ready:
    began = time.perf_counter()
    with moto_server() as (port, process):
        for service, operation in QUESTIONS:
            ask(port, service, operation)
        return measured(began, process)


def measured(began: float, process: psutil.Process) -> Ready:
    took, times = time.perf_counter() - began, process.cpu_times()
    return took, times.user + times.system, process.memory_info().rss / 1e6


@contextmanager
def moto_server() -> Iterator[tuple[int, psutil.Process]]:
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-p", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
        try:
            yield port, psutil.Process(process.pid)
        finally:
            process.terminate()


def ask(port: int, service: str, operation: str) -> None:
    """As soon as the server listens."""
    session: Any = boto3.Session("a", "b", region_name="us-east-1")
    client = session.client(service, endpoint_url=f"http://127.0.0.1:{port}")
    while True:
        try:
            getattr(client, operation)()
            return
        except EndpointConnectionError:
            time.sleep(0.02)


NOTES = (
    "Local AWS imports moto's CloudFormation, EC2 and others before it answers, because it "
    "replaces parts of them, and its own SageMaker and Step Functions. moto's server imports "
    "three services for these questions.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    mine, theirs = by_turns(parser.parse_args().repeats, ours, moto)
    names = ("ready", "ready: processor time", "memory when it is ready")
    found = [
        Figure(f"local AWS, {name}", unit, tuple(o), tuple(t), at_most(1.2))
        for name, unit, o, t in zip(
            names, ("s", "s", "MB"), zip(*mine, strict=True), zip(*theirs, strict=True), strict=True
        )
    ]
    publish("server", "Local AWS at rest", "moto's own server", found, NOTES)


if __name__ == "__main__":
    main()
