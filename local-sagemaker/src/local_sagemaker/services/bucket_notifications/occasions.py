"""When S3 tells of an object: moto tells too often of some changes, and never of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from moto.s3 import notifications
from moto.s3.models import FakeDeleteMarker, S3Backend
from moto.s3.notifications import S3NotificationEvent as Event
from moto.s3.responses import S3Response

from local_sagemaker.services.patching import replace

_operation: ContextVar[str] = ContextVar("the operation of S3 that is under way", default="")


def is_beside_the_point(name: Any) -> bool:
    """Whether an event is only a step of another operation: its own event tells of that."""
    if name == Event.OBJECT_CREATED_PUT_EVENT:
        return _operation.get() == "complete_multipart_upload"
    return bool(name == Event.OBJECT_TAGGING_PUT_EVENT) and (
        _operation.get() != "put_object_tagging"
    )


def install() -> None:
    for owner, name in (
        (S3Backend, "complete_multipart_upload"),
        (S3Response, "put_object_tagging"),
    ):
        replace(owner, name, _known(name, getattr(owner, name)))
    _tell_of_deletions()


def _known(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def working(*positional: Any, **named: Any) -> Any:
        with _under_way(name):
            return work(*positional, **named)

    return working


@contextmanager
def _under_way(name: str) -> Iterator[None]:
    token = _operation.set(name)
    try:
        yield
    finally:
        _operation.reset(token)


def _tell_of_deletions() -> None:
    """Of delete markers, and of a version while there are others."""
    delete_object = S3Backend.delete_object

    def deleting(
        backend: Any, bucket_name: str, key_name: str, version_id: str | None = None, **more: Any
    ) -> Any:
        bucket = backend.get_bucket(bucket_name)
        before = list(bucket.keys.getlist(key_name, []))
        answer = delete_object(backend, bucket_name, key_name, version_id, **more)
        after = list(bucket.keys.getlist(key_name, []))
        for made in after:
            if isinstance(made, FakeDeleteMarker) and made not in before:
                event = Event.OBJECT_REMOVED_DELETE_MARKER_CREATED_EVENT
                notifications.send_event(backend.account_id, event, bucket, made)
        for gone in before:
            if after and gone not in after and version_id == str(gone.version_id):
                event = Event.OBJECT_REMOVED_DELETE_EVENT
                notifications.send_event(backend.account_id, event, bucket, gone)
        return answer

    replace(S3Backend, "delete_object", deleting)
