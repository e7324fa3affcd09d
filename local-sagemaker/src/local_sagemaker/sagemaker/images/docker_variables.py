"""Hands variables to a container without a command line, where other users could read them.

`docker run --env-file` reads them from a file that only this user may read. It takes one line each;
a value of several lines is in the environment of docker itself, of which `--env NAME` takes it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# What the docker command and the system's loader read themselves.
_OF_DOCKER = ("DOCKER_", "BUILDKIT_", "LD_", "DYLD_", "PYTHON")


@dataclass(frozen=True)
class DockerVariables:
    """Options of `docker run`, what its environment needs beside this one, and what is left out."""

    options: list[str]
    of_several_lines: dict[str, str]
    left_out: list[str]


def hand_over(variables: Mapping[str, str], file: Path) -> DockerVariables:
    """Write the file, which is for whoever runs docker to delete."""
    several = {name: value for name, value in variables.items() if _has_lines(name, value)}
    left_out = [name for name in several if _is_read_here(name)]
    given = {name: value for name, value in several.items() if name not in left_out}
    lines = [f"{name}={value}\n" for name, value in variables.items() if name not in several]
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as written:
        written.writelines(lines)
    options = ["--env-file", str(file)]
    for name in given:
        options += ["--env", name]
    return DockerVariables(options, given, left_out)


def _has_lines(name: str, value: str) -> bool:
    return any(character in name + value for character in "\r\n")


def _is_read_here(name: str) -> bool:
    return name in os.environ or name.startswith(_OF_DOCKER)
