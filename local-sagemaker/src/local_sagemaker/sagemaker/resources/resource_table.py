"""The resources of one kind by name; names differ in more than their case."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.kinds import ResourceKind
from local_sagemaker.sagemaker.resources.listing import list_page
from local_sagemaker.sagemaker.resources.tags import Tags


class NamedResource(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def arn(self) -> str: ...


R = TypeVar("R", bound=NamedResource)


class ResourceTable(Generic[R]):
    """What one account and region has of a kind, with its tags; every method locks."""

    def __init__(self, region: Region, tags: Tags, kind: ResourceKind) -> None:
        self._region = region
        self._tags = tags
        self._kind = kind
        self._lock = threading.Lock()
        self._entries: dict[str, R] = {}
        region.tables[kind.name] = self._entries

    def arn(self, name: str) -> str:
        return self._kind.arn(self._region, name)

    def check_free(self, name: str) -> None:
        """Raises the kind's error for a name that is taken."""
        entry = self.get(name)
        if entry is not None:
            raise self._kind.taken(entry.arn)

    def add(self, entry: R, tags: list[dict[str, str]] | None) -> None:
        """Enter a new resource; raises as check_free does."""
        with self._lock:
            existing = self._entries.setdefault(entry.name.lower(), entry)
        if existing is not entry:
            raise self._kind.taken(existing.arn)
        self._tags.create(entry.arn, tags)

    def find(self, name: str) -> R:
        """Raises the kind's error for a name that is missing."""
        entry = self.get(name)
        if entry is None:
            raise self._kind.missing(name, self.arn(name))
        return entry

    def asked(self, request: Document) -> R:
        """The resource that a request names; raises as find does."""
        return self.find(request[f"{self._kind.name}Name"])

    def get(self, name: str) -> R | None:
        with self._lock:
            return self._entries.get(name.lower())

    def remove(self, entry: R) -> None:
        with self._lock:
            self._entries.pop(entry.name.lower(), None)
        self._tags.forget(entry.arn)

    def all(self) -> list[R]:
        with self._lock:
            return list(self._entries.values())

    def page(self, request: Document, summaries: Sequence[Document]) -> Document:
        """The answer of the List operation of the kind."""
        return list_page(request, summaries, self._kind)
