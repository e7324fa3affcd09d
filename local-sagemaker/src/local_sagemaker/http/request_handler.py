"""Requests as moto wants them; shows only what went wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from moto.core.request import (
    PRESERVED_HEADER_NAMES_ENVIRON_KEY,
    environ_key_for_header,
    should_preserve_original_header_name,
)

from local_sagemaker.protocol.wsgi import WHEN_ANSWERED
from local_sagemaker.wire.connection import Connection
from local_sagemaker.wire.head import Head

_logger = logging.getLogger(__name__)


class RequestHandler(Connection):
    """Clients poll: a line for every request would bury the few that matter."""

    def environ(self, head: Head) -> dict[str, Any]:
        environ = super().environ(head)
        when_answered: list[Callable[[], None]] = []
        environ[WHEN_ANSWERED] = when_answered
        environ[PRESERVED_HEADER_NAMES_ENVIRON_KEY] = _preserve_names(head, environ)
        return environ

    def answered(self, environ: dict[str, Any], status: str) -> None:
        if status.startswith("5"):
            method, path = environ["REQUEST_METHOD"], environ["REQUEST_URI"]
            target = environ.get("HTTP_X_AMZ_TARGET", "")
            _logger.warning("%s %s %s -> %s", method, path, target, status)
        for call in environ[WHEN_ANSWERED]:
            call()


def _preserve_names(head: Head, environ: dict[str, Any]) -> dict[str, str]:
    """Headers of S3's metadata may have _ in their names: they are added, and told by their keys.

    None of them stands for one that has - there.
    """
    names: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    for name, value in head.headers:
        key = environ_key_for_header(name)
        if should_preserve_original_header_name(name) and (key in names or key not in environ):
            names.setdefault(key, name)
            values.setdefault(key, []).append(value)
    environ.update({key: ",".join(each) for key, each in values.items()})
    return names
