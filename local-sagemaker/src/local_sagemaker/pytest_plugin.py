"""The pytest plugin: a running local AWS for tests.

`local_aws` is one server for the whole session, on a free port and with files in pytest's
temporary directory. With pytest-xdist each worker that asks for it has one of its own, so that
tests side by side do not meet each other's jobs and faults. The server ends with the session,
also when pytest is killed.

Options, on the command line or (with underscores) in the ini file:

--local-aws-port        its port; a worker of pytest-xdist adds its number
--local-aws-directory   of its files and its log; a worker has a folder in it
--local-aws-wait-scale  multiplies the waits of deployments, Wait states, retries and alarms
--local-aws-quotas      SageMaker's, as lines: ml.m5.large for endpoint usage=2
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background, options
from local_sagemaker.process.free_port import free_port
from local_sagemaker.process.given_quotas import given_quotas

Value = TypeVar("Value")
_OPTIONS = {
    "port": "port of the local AWS; without it, a free one",
    "directory": "directory for the files of the local AWS; without it, a temporary one",
    "wait_scale": "multiplies the waits of deployments, Wait states, retries and alarms",
    "quotas": "quotas of SageMaker, as lines: ml.m5.large for endpoint usage=2",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("local-sagemaker", "local AWS (fixture local_aws)")
    for name, text in _OPTIONS.items():
        group.addoption(f"--local-aws-{name.replace('_', '-')}", help=text)
        parser.addini(f"local_aws_{name}", text)


@pytest.fixture(scope="session")
def local_aws(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LocalAws]:
    """A running local AWS, one for the session: clients, endpoint_url, faults and calls."""
    directory = _directory(pytestconfig) or tmp_path_factory.mktemp("local-aws")
    port = _port(pytestconfig) or free_port()
    wait_scale = _chosen(pytestconfig, "wait_scale", options.wait_scale)
    scale = 1.0 if wait_scale is None else wait_scale
    quotas = _chosen(pytestconfig, "quotas", lambda text: given_quotas(text.strip().splitlines()))
    running = background.start(port, directory, scale, with_parent=True, quotas=quotas)
    yield LocalAws(running)
    background.stop(directory)


@pytest.fixture
def local_aws_faults(local_aws: LocalAws) -> Iterator[LocalAws]:
    """The same local AWS; what the test lets go wrong goes right again after it."""
    yield local_aws
    local_aws.remove_faults()


def _port(config: pytest.Config) -> int | None:
    first = _chosen(config, "port", options.port)
    if first is None:
        return None
    with _usage("port"):
        return options.port(first + int(_worker(config).removeprefix("gw") or 0))


def _directory(config: pytest.Config) -> Path | None:
    directory = _option(config, "directory")
    return config.rootpath / directory / _worker(config) if directory else None


def _worker(config: pytest.Config) -> str:
    """The worker of pytest-xdist that runs the tests, such as gw0; empty without it.

    Not PYTEST_XDIST_WORKER, which a session that such a test starts inherits.
    """
    worker_input: dict[str, str] = getattr(config, "workerinput", {})
    return worker_input.get("workerid", "")


def _chosen(config: pytest.Config, name: str, rule: Callable[[str], Value]) -> Value | None:
    """The value of an option; None when it is not given."""
    text = _option(config, name)
    with _usage(name):
        return rule(text) if text else None


@contextmanager
def _usage(name: str) -> Iterator[None]:
    """A value that cannot be meant is told without a traceback."""
    try:
        yield
    except options.OptionError as error:
        raise pytest.UsageError(f"local_aws_{name}: {error}.") from error


def _option(config: pytest.Config, name: str) -> str:
    return str(config.getoption(f"local_aws_{name}") or config.getini(f"local_aws_{name}") or "")
