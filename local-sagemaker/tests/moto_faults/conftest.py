from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws


@pytest.fixture(autouse=True)
def moto_as_it_is() -> Iterator[None]:
    """moto in this process; local AWS replaces parts of it in its own process only."""
    with mock_aws(config={"lambda": {"use_docker": False}}):
        yield
