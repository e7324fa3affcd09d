"""In whose name CloudFormation works on a stack.

In the role that the stack was given, or with the rights of whoever asks (CloudFormation user guide,
"CloudFormation service role"). Of the owner's stacks nobody asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from local_sagemaker.protocol.callers import client_of, client_with
from local_sagemaker.protocol.forwarding import key_of_caller

_SERVICE = "cloudformation"
_role: ContextVar[str | None] = ContextVar("the role in which a stack is worked on", default=None)


@contextmanager
def acting_in(role: str | None) -> Iterator[None]:
    """What is done meanwhile is done in this role, also by the work that begins."""
    token = _role.set(role)
    try:
        yield
    finally:
        _role.reset(token)


def acting_client(service: str, region: str) -> Any:
    """A client with the rights of the stack's role, or else of whoever has asked."""
    role = _role.get()
    return client_of(_SERVICE, service, region, role=role) if role else asking(service, region)


def asking(service: str, region: str) -> Any:
    """A client with the rights of whoever has asked, whatever role the stack is given."""
    key = key_of_caller(_SERVICE)
    return client_with(key, service, region) if key else own_client(service, region)


def own_client(service: str, region: str) -> Any:
    """A client of CloudFormation itself, for what no account lets it do."""
    return client_of(_SERVICE, service, region)
