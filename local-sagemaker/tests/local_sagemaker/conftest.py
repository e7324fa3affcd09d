from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local_sagemaker.own_images import docker_command
from tests.local_sagemaker.random_search import RandomSearch
from tests.local_sagemaker.server import LocalSageMaker, running


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSageMaker]:
    with running(tmp_path_factory.mktemp("sagemaker"), RandomSearch) as local:
        yield local


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of the `docker` command that is now on PATH, with notes of its calls."""
    for name, value in docker_command(tmp_path).items():
        monkeypatch.setenv(name, value)
    return tmp_path
