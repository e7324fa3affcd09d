"""moto as one WSGI application, which tells when it has no such service."""

from __future__ import annotations

from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app


def moto_application() -> Any:
    """Every service of moto, each made when it is first asked for.

    Raises NotImplementedError when asked for one that moto lacks, as moto does for an operation.
    """
    return DomainDispatcherApplication(_service)


def _service(name: str | None) -> Any:
    if name is None:  # moto itself would stumble over it
        raise NotImplementedError
    return create_backend_app(name)
