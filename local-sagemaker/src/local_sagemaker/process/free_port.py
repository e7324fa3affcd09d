"""Finds a port to listen on."""

from __future__ import annotations

import socket


def free_port() -> int:
    """A port of the loopback address on which nothing listens at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
