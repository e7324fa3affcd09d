"""Who makes a call: the access key id of every client that works inside local AWS says it.

`lambda.<function>` and `states.<state machine>` are what the deployed code does; a service that
acts on its own signs with its bare name. No name of a function or machine holds a dot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import boto3

_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/")
_SERVICES = (
    "alarms",
    "autoscaling",
    "events",
    "lambda",
    "notifications",
    "sagemaker",
    "scheduler",
    "states",
)


@dataclass(frozen=True)
class Caller:
    """`kind` is lambda, states, another service of local AWS, or client for everybody else."""

    kind: str
    name: str = ""


def access_key_id(kind: str, name: str = "") -> str:
    return f"{kind}.{name}" if name else kind


def caller_of(authorization: str) -> Caller:
    """The caller of a signed request."""
    credential = _CREDENTIAL.search(authorization)
    kind, _, name = (credential.group(1) if credential else "").partition(".")
    return Caller(kind, name) if kind in _SERVICES else Caller("client")


def client_of(kind: str, service: str, region: str) -> Any:
    """A client with which a service of local AWS calls another one."""
    session: Any = boto3.session.Session(
        aws_access_key_id=access_key_id(kind),
        aws_secret_access_key="local",
        region_name=region,
    )
    return session.client(service)
