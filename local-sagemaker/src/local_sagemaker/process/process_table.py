"""The processes of this machine as `ps` tells them, on Linux and macOS alike."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass

_COLUMNS = ("pid=", "ppid=", "pgid=", "stat=", "command=")


@dataclass(frozen=True)
class Process:
    """One that runs; `group` is its process group, `command` its arguments in one text."""

    pid: int
    parent: int
    group: int
    command: str


def processes() -> list[Process]:
    """All but those that have ended and that only their parent has not asked about yet."""
    options = [part for column in _COLUMNS for part in ("-o", column)]
    # -ww: otherwise COLUMNS of the shell cuts the commands.
    shown = subprocess.run(
        ["ps", "-A", "-ww", *options], capture_output=True, text=True, check=True
    )
    rows = (line.split(maxsplit=len(_COLUMNS) - 1) for line in shown.stdout.splitlines())
    return [
        Process(int(pid), int(parent), int(group), "".join(command))
        for pid, parent, group, state, *command in rows
        if not state.startswith("Z")
    ]
