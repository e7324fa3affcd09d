from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.local_sagemaker.server import LocalSageMaker, running


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSageMaker]:
    with running(tmp_path_factory.mktemp("sagemaker")) as local:
        yield local
