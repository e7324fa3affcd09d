"""The type of a WSGI application (PEP 3333), and what our server adds to its environment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

WsgiApplication = Callable[[dict[str, Any], Any], Iterable[bytes]]

WHEN_ANSWERED = "local_sagemaker.when_answered"
"""A list of what the server calls once the request is answered, or its client has gone away.

The answer's `close` is not enough: werkzeug reads what the client still sends before it, and leaves
it out when the client has reset the connection.
"""
