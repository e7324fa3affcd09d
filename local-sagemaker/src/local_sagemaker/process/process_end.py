"""Ends a server of local AWS and what it has started, whether it answers or is stuck."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from local_sagemaker.process.living import living


class StopError(Exception):
    """A server runs on although it was killed; the text says which."""


def end(pid: int, patience_seconds: float) -> None:
    """Asks the process to end; after `patience_seconds` kills it and its children.

    Raises StopError when it lives even so.
    """
    _send(os.kill, pid, signal.SIGTERM)
    if _ends_within(pid, patience_seconds):
        return
    _kill(pid)
    if not _ends_within(pid, patience_seconds):
        raise StopError(f"Process {pid} was killed and runs on all the same.")


def _kill(pid: int) -> None:
    """Each child with its process group.

    They would notice the server's end by themselves (module lifeline), unless they are stuck, too.
    The server is frozen first, so that it starts no more of them.
    """
    _send(os.kill, pid, signal.SIGSTOP)
    server = living(pid)
    for child in server.children(recursive=True) if server else ():
        _send(
            os.killpg, child.pid, signal.SIGKILL
        )  # if it leads its group: lifeline.spawn, and forks do
    _send(os.kill, pid, signal.SIGKILL)


def _send(kill: Callable[[int, int], None], target: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # it has ended by itself meanwhile
        kill(target, what)


def _ends_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if living(pid) is None:
            return True
        time.sleep(0.05)
    return False
