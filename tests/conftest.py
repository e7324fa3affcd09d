"""For all tests: how a run ends, and which tests `make check` leaves out."""

from __future__ import annotations

import signal

import pytest


def pytest_configure() -> None:
    """SIGTERM ends a run as Ctrl-C does, so that fixtures stop what they have started."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test that reaches for local AWS; modules mark what is slow for other reasons."""
    for item in items:
        if isinstance(item, pytest.Function) and "local_aws" in item.fixturenames:
            item.add_marker(pytest.mark.slow)
