"""A server that is compared, and how it is asked: by a process of its own, over HTTP/1.1."""

from __future__ import annotations

import base64
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Side:
    """A server that answers rows of CSV; `request` makes one as it goes over the wire."""

    port: int
    request: Callable[[bytes], bytes]


@dataclass(frozen=True)
class Asked:
    """What clients found in one measurement: answers a second, latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


def ask(side: Side, bodies: Sequence[bytes], clients: int, seconds: float) -> Asked:
    """As many clients as that ask with these bodies, one after the other and again."""
    requests = [base64.b64encode(side.request(body)).decode() for body in bodies]
    program = [sys.executable, "-m", "benchmarks.serving.clients", str(clients), str(seconds)]
    told = subprocess.run(
        program,
        input=json.dumps({"port": side.port, "requests": requests}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(told.stdout)
    milliseconds = [1000 * each for each in found["latencies"]]
    centiles = statistics.quantiles(milliseconds, n=100)
    return Asked(len(milliseconds) / found["seconds"], centiles[49], centiles[98])


def wire(port: int, path: str, headers: dict[str, str], body: bytes) -> bytes:
    """A POST request."""
    given = {"Host": f"localhost:{port}", "Content-Length": str(len(body)), **headers}
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
