"""How long something takes, on both sides by turns, and what a process costs from start to end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Measured = TypeVar("Measured")


def seconds(run: Callable[[], object]) -> float:
    """Seconds of the clock that `run` takes."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def by_turns(
    repeats: int, ours: Callable[[], Measured], other: Callable[[], Measured]
) -> tuple[list[Measured], list[Measured]]:
    """What both sides measured, `repeats` times each, ours and the other in turn.

    Who begins changes each time: what one leaves behind, a full cache or a busy disk, meets both.
    """
    found: tuple[list[Measured], list[Measured]] = ([], [])
    sides = ((0, ours), (1, other))
    for repeat in range(repeats):
        for side, measure in sides if repeat % 2 == 0 else reversed(sides):
            found[side].append(measure())
    return found


@dataclass(frozen=True)
class Cost:
    """What a program cost until it ended, with the processes that it waited for."""

    seconds: float  # of the clock
    processor: float  # seconds of processor time
    megabytes: float  # the largest resident memory of one of its processes


def cost_of(
    command: Sequence[str], cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Cost:
    """Runs the command; one that fails raises subprocess.CalledProcessError with what it wrote."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    with process.stdout:
        told = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, told)
    # Kilobytes on Linux, bytes on macOS.
    resident = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Cost(took, used.ru_utime + used.ru_stime, resident)
