"""moto as one WSGI application, which tells when it has no such service."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app


def moto_application() -> Any:
    """Every service of moto, each made when it is first asked for.

    Raises NotImplementedError when asked for one that moto lacks, as moto does for an operation.
    """
    return _Dispatcher(_service)


class _Dispatcher(DomainDispatcherApplication):
    """moto lists its own folders at each request to see whether a host is called like one."""

    get_backend_for_host = lru_cache(maxsize=1024)(DomainDispatcherApplication.get_backend_for_host)


def _service(name: str | None) -> Any:
    if name is None:  # moto itself would stumble over it
        raise NotImplementedError
    return create_backend_app(name)
