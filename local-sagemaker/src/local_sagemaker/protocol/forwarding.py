"""Calls that a service makes in the name of its caller, and with no more rights.

AWS calls them forward access sessions (IAM guide). Whose request it is, is known where it arrives,
and asked for below that, in the same thread.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from botocore.config import Config

from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.callers import (
    caller_by_key,
    forwarded_by,
    forwarded_key,
    is_within,
    key_arguments,
)
from local_sagemaker.protocol.keys import is_owners
from local_sagemaker.protocol.service_models import new_client

FORWARDED = ".amazonaws.com"
"""How the user agent of a call begins that a service has forwarded, after the service's name."""
_access_key_id: ContextVar[str] = ContextVar("who has signed the request", default="")
_AS_IT_IS = Config(parameter_validation=False, retries={"total_max_attempts": 1})


def remember_caller(environ: dict[str, Any]) -> None:
    """Whose WSGI request this thread answers from now on."""
    credential = credential_of(environ)
    _access_key_id.set(credential.access_key_id if credential else "")


def key_of_caller(by: str) -> str | None:
    """The access key id with which a service calls in its caller's name.

    None for the owner of the server and for services on their own, who may do everything.
    """
    _, key = forwarded_by(_access_key_id.get())
    if not key or is_owners(key) or (is_within(key) and not caller_by_key(key).role):
        return None
    return forwarded_key(by, key)


def client_of_caller(by: str, service: str, region: str) -> Any | None:
    """None for somebody who may do everything.

    The calls carry the name of the service that makes them, as CloudTrail tells it (`userAgent`).
    They are sent once, and as they are: to see what is refused is what some are made for.
    """
    key = key_of_caller(by)
    if key is None:
        return None
    config = _AS_IT_IS.merge(Config(user_agent=f"{by}{FORWARDED}"))
    return new_client(service, region, config=config, **key_arguments(key))
