"""A record of the calls that reach the server."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

_KEPT = 20_000


@dataclass
class Call:
    """One request: who asked whom for what, and what came of it.

    `caller` is lambda, states, a service of local AWS, or client; `caller_name` is the function or
    the state machine, and `state` the state that calls. `status` is 0 for a broken connection.
    """

    number: int
    time: float
    service: str
    operation: str
    region: str
    caller: str
    caller_name: str
    state: str
    user_agent: str
    status: int = 0
    error: str = ""
    fault: str = ""


class Calls:
    """The last 20,000 calls; every method locks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: deque[Call] = deque(maxlen=_KEPT)
        self._number = 0

    def begin(self, **members: Any) -> Call:
        """Record a call in the order of arrival; its end is filled in later."""
        with self._lock:
            self._number += 1
            call = Call(number=self._number, **members)
            self._calls.append(call)
            return call

    def all(self) -> list[dict[str, Any]]:
        with self._lock:
            return [asdict(call) for call in self._calls]

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()
