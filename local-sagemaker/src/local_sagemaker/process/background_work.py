"""Work that goes on when the request that asked for it is answered: known by its thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

_MARK = "work: "


def begin(what: str, carry_out: Callable[..., None], *given: Any) -> None:
    """Let a thread of its own carry the work out; `what` names it in a few words."""
    name = f"{_MARK}{what}"
    threading.Thread(target=carry_out, args=given, name=name, daemon=True).start()


def under_way() -> list[str]:
    """What has begun and not ended."""
    names = [thread.name for thread in threading.enumerate()]
    return [name.removeprefix(_MARK) for name in names if name.startswith(_MARK)]


def wait(what: str, seconds: float) -> None:
    """Until work of this name has ended, at most so long; at once where there is none."""
    for thread in threading.enumerate():
        if thread.name == f"{_MARK}{what}":
            thread.join(seconds)
