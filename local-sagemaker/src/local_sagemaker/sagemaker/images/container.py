"""A container of SageMaker as a process of this machine: its program, its output, its end."""

from __future__ import annotations

import math
import os
import select
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from local_sagemaker.process import lifeline

STOP_GRACE_SECONDS = 120.0
_LOOK_MILLISECONDS = 200
_DRAIN_SECONDS = 10.0  # for what is in the pipe when the program ends
_PIECE_BYTES = 2**16
HOST = "algo-1"  # what SageMaker calls the first instance of a training job


class Container:
    """A running container, by the process that holds its output.

    `left_out` are the variables of its Environment that it did not get, `headers` what it wants
    requests to have.
    """

    def __init__(
        self,
        process: lifeline.ChildProcess,
        left_out: Sequence[str] = (),
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.headers = headers
        self._process = process
        self._left_out = left_out
        self._grace: threading.Timer | None = None

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    @property
    def fault(self) -> str:
        """Why the program could not even start; empty if it could."""
        return ""

    def lines(self) -> Iterator[str]:
        """Everything that the program prints, line by line, until it ends."""
        if self._left_out:
            yield (
                f"Local AWS: this container does not get {', '.join(self._left_out)} of its "
                "Environment, by which programs of this machine would run other code."
            )
        assert self._process.stdout is not None
        with self._process.stdout as output:
            for line in _lines(_pieces(self._process, output.fileno())):
                yield line.decode("utf-8", errors="replace").rstrip("\r\n")

    def wait(self) -> int:
        """The exit code, once the program has ended."""
        code = self._process.wait()
        if self._grace is not None:
            self._grace.cancel()
        lifeline.kill(self._process)
        return code

    def stop(self) -> None:
        """Send SIGTERM; SIGKILL follows after the 120 seconds that SageMaker grants."""
        if not self.running:
            return
        self._process.send_signal(signal.SIGTERM)
        self._grace = threading.Timer(STOP_GRACE_SECONDS, self.kill)
        self._grace.daemon = True
        self._grace.start()

    def kill(self) -> None:
        lifeline.kill(self._process)


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    begun = b""
    for piece in pieces:
        *lines, begun = (begun + piece).split(b"\n")
        yield from lines
    if begun:
        yield begun


def _pieces(process: lifeline.ChildProcess, output: int) -> Iterator[bytes]:
    """What a program prints, until it has ended and that is read.

    A process that it has left behind may hold the pipe for ever.
    """
    poll = select.poll()
    poll.register(output, select.POLLIN)
    until = math.inf
    while time.monotonic() < until:
        ended = process.poll() is not None
        if ended and until == math.inf:
            until = time.monotonic() + _DRAIN_SECONDS
        if poll.poll(_LOOK_MILLISECONDS):
            piece = os.read(output, _PIECE_BYTES)
            if not piece:
                return
            yield piece
        elif ended:
            return


def follow(container: Container, *sinks: Callable[[str], None]) -> None:
    """Hand each line of output to every sink; returns when the program ends."""
    for line in container.lines():
        for sink in sinks:
            sink(line)
