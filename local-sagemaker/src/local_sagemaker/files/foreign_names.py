"""Where a file goes whose name came from outside: below its root, or nowhere."""

from __future__ import annotations

import os
from pathlib import Path

_SHOWN = 200
_MOST_BYTES = 255  # of a part of a path, in the file systems of Linux and macOS


class RefusedName(ValueError):
    """The file is not written; the text says which name and why."""

    def __init__(self, name: str, reason: str) -> None:
        shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}..."
        super().__init__(f"{shown!r} {reason}")


def path_below(root: Path, name: str) -> Path:
    """The path of a name below `root`; slashes in a row count as one, as file systems see them.

    Raises:
        RefusedName: the name leaves the root, is empty, or can be no path.
    """
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts:
        raise RefusedName(name, "names no file")
    if ".." in parts:
        raise RefusedName(name, "leaves its directory")
    if "\0" in name:
        raise RefusedName(name, "has a NUL character")
    try:
        encoded = [part.encode(errors="surrogateescape") for part in parts]
    except UnicodeEncodeError as fault:
        raise RefusedName(name, "is no text") from fault
    if any(len(part) > _MOST_BYTES for part in encoded):
        raise RefusedName(name, f"has a part of more than {_MOST_BYTES} bytes")
    return root.joinpath(*parts)


def is_within(path: Path, root: Path) -> bool:
    """Whether a file that a container has left is one of its own, and no link out of `root`."""
    # Path.resolve fails at links that go round in circles, before Python 3.13.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
