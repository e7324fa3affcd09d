from __future__ import annotations

import gc
import os
import signal
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, Phase, settings

# Of properties: `make test` tries 25 inputs of each, `make fuzz` as many as it is told to. Where CI
# is set, Hypothesis would choose inputs of its own and leave the seed aside.
settings.register_profile(
    "test",
    max_examples=int(os.environ.get("FUZZ_INPUTS", "25")),
    deadline=None,
    database=None,
    derandomize=False,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("test")


def pytest_configure() -> None:
    """SIGTERM ends a run as Ctrl-C does, so that fixtures stop what they have started."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What collection makes stays: looking for garbage among it takes a fifth of its time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
