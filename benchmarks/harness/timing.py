"""How long something takes, on both sides by turns, and what a process costs from start to end."""

from __future__ import annotations

import json
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


# Linux counts the memory of who starts a program as the program's own: so a small one starts it,
# and writes what it has cost as the last line.
_STARTER = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
code = subprocess.call(sys.argv[1:])
took = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print("\\n" + json.dumps([code, took, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


def cost_of(
    command: Sequence[str], cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Cost:
    """Runs the command; one that fails raises subprocess.CalledProcessError with what it wrote."""
    started = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _STARTER, *command], cwd=cwd, env=env, check=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    told, _, last = started.stdout.rstrip().rpartition(b"\n")
    code, took, processor, resident = json.loads(last)
    if code:
        failure = subprocess.CalledProcessError(code, command, told)
        failure.add_note(told.decode(errors="replace"))
        raise failure
    # Kilobytes on Linux, bytes on macOS.
    return Cost(took, processor, resident / (1e6 if sys.platform == "darwin" else 1e3))
