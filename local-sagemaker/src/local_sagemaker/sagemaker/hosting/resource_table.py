"""Models, endpoint configs and endpoints by name, with hosting's own error texts."""

from __future__ import annotations

import threading
from typing import Generic, Protocol, TypeVar

from local_sagemaker.sagemaker.errors import ValidationException


class Resource(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def arn(self) -> str: ...


R = TypeVar("R", bound=Resource)


class ResourceTable(Generic[R]):
    """A missing or existing entry is a ValidationException here, unlike with jobs."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._lock = threading.Lock()
        self._entries: dict[str, R] = {}

    def add(self, entry: R) -> None:
        with self._lock:
            if entry.name.lower() in self._entries:
                raise ValidationException(
                    f'Cannot create already existing {self._kind} "{entry.arn}".'
                )
            self._entries[entry.name.lower()] = entry

    def find(self, name: str, arn: str) -> R:
        with self._lock:
            entry = self._entries.get(name.lower())
        if entry is None:
            raise ValidationException(f'Could not find {self._kind} "{arn}".')
        return entry

    def get(self, name: str) -> R | None:
        with self._lock:
            return self._entries.get(name.lower())

    def remove(self, entry: R) -> None:
        with self._lock:
            self._entries.pop(entry.name.lower(), None)

    def all(self) -> list[R]:
        with self._lock:
            return list(self._entries.values())
