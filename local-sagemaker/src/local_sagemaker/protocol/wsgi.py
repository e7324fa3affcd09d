"""The type of a WSGI application (PEP 3333)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

WsgiApplication = Callable[[dict[str, Any], Any], Iterable[bytes]]
