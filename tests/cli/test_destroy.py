"""What `retune destroy` does first, and what it leaves when it cannot go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from retune.commands import destroy
from retune.errors import FailedError


@contextmanager
def fails(given: object) -> Iterator[None]:
    raise FailedError("models/gym.yaml:1: a fault")
    yield


def test_no_endpoint_is_deleted_when_the_app_cannot_be_synthesized(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deleted: list[str] = []
    endpoint = SimpleNamespace(name="retune-bank", month="50 dollars")
    left: Any = SimpleNamespace(endpoints=[endpoint], without_endpoints=list)
    stack = SimpleNamespace(name="retune", bucket="bucket")
    settings = SimpleNamespace(region=None, name_prefix="retune")
    for name, answer in {
        "read_settings": lambda given: settings,
        "Aws": lambda region: None,
        "find_stack": lambda aws, prefix: stack,
        "deployed_template": lambda aws, name: {"Resources": {}},
        "read_left": lambda found, retains_bucket: left,
        "synthesized": fails,
        "delete_endpoints": lambda aws, names: deleted.extend(names),
    }.items():
        monkeypatch.setattr(destroy, name, answer)
    with pytest.raises(FailedError, match="a fault"):
        destroy.destroy(delete_endpoints=True, yes=True)
    assert deleted == []
