"""Answers of AWS that are good for some seconds, so that several tabs cost what one does."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from math import inf
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
_MOST = 1000  # answers; the one that was made first goes


class Remembered:
    """Answers by key. While one is made, others who want it wait for it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(
        self,
        key: Hashable,
        seconds: float,
        make: Callable[[], T],
        is_final: Callable[[T], bool] = lambda answer: False,
    ) -> T:
        """The answer, made anew when it is older, unless it is final.

        What `make` raises is not remembered.
        """
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            until, answer = self._known.get(key, (0.0, None))
            if self._clock() < until:
                return answer  # type: ignore[no-any-return]
            answer = make()
            self._keep(key, inf if is_final(answer) else self._clock() + seconds, answer)
            return answer

    def forget(self) -> None:
        """After something was changed: the next look shows it."""
        with self._lock:
            self._known.clear()

    def _keep(self, key: Hashable, until: float, answer: Any) -> None:
        with self._lock:
            self._known[key] = (until, answer)
            while len(self._known) > _MOST:
                oldest, _ = self._known.popitem(last=False)
                self._making.pop(oldest, None)
