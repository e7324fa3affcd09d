"""What an acceptance run removes when AWS refuses something."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from retune.acceptance.removal import removal
from retune.acceptance.removal.kind import Kind
from retune.errors import FailedError


class Things:
    """Of one kind; `denied` is the call that AWS refuses, list or delete."""

    def __init__(self, name: str, *names: str, denied: str = "") -> None:
        self.names, self.denied = list(names), denied
        self.kind = Kind(name, self.find, self.remove)

    def find(self, aws: Any, prefix: str) -> list[str]:
        self._check("list")
        return list(self.names)

    def remove(self, aws: Any, name: str) -> None:
        self._check("delete")
        self.names.remove(name)

    def _check(self, call: str) -> None:
        if call == self.denied:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, call)


def test_the_rest_goes_and_every_refusal_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    unlisted, kept = Things("queue", "bank-1", denied="list"), Things("role", "b", denied="delete")
    told: list[str] = []
    last = Things("log group", "bank-2")
    monkeypatch.setattr(removal, "KINDS", [each.kind for each in (unlisted, kept, last)])
    monkeypatch.setattr(removal, "_PATIENCE", 0)
    monkeypatch.setattr(removal, "seconds_between_looks", lambda: 0)
    monkeypatch.setattr(removal, "is_local", lambda: False)
    with pytest.raises(FailedError) as left:
        removal.remove_all(None, "bank", told.append)  # type: ignore[arg-type]
    assert "queue: what there is could not be listed: An error occurred (AccessDenied)" in str(
        left.value
    )
    assert "role b: An error occurred (AccessDenied)" in str(left.value)
    assert told == ["log group bank-2"]
