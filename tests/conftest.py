"""For all tests: how a run ends, what `make check` leaves out, and what runs side by side."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Generator
from functools import cache
from pathlib import Path

import pytest
from botocore.loaders import JSONFileLoader
from hypothesis import HealthCheck, Phase, settings
from xdist.scheduler import LoadScopeScheduling

TUNING, EVALUATION, END_TO_END = (
    Path(__file__).parent / name for name in ("tuning", "evaluation", "end_to_end")
)

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

# The CDK's own check of templates takes longer than the rest of a synth; test_linters.py has it.
os.environ["CDK_VALIDATION"] = "false"

# A test has clients of its own; botocore would read the same megabytes of JSON for each of them.
JSONFileLoader.load_file = staticmethod(cache(JSONFileLoader().load_file))  # type: ignore[method-assign]


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test that reaches for local AWS; modules mark what is slow for other reasons.

    The rooms of `tuning` are covered by the tests of their own, and tracing doubles what a test
    takes: so it pauses in all others. The longest begin first, so that no process is left with
    them alone in the end.
    """
    for item in items:
        if isinstance(item, pytest.Function) and "local_aws" in item.fixturenames:
            item.add_marker(pytest.mark.slow)
        if not item.path.is_relative_to(TUNING) and not item.path.is_relative_to(EVALUATION):
            item.add_marker(pytest.mark.no_cover)
    items.sort(key=lambda item: not item.path.is_relative_to(END_TO_END))


class FilesAndStacks(LoadScopeScheduling):  # type: ignore[misc]
    """Gives each process a file at a time, but all of tests/stacks to one: loading the CDK and
    synthesizing the app take longer than these tests."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return "tests/stacks" if file.startswith("tests/stacks/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> FilesAndStacks:
    return FilesAndStacks(config, log)
