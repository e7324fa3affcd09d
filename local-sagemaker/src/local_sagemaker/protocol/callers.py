"""Who makes a call: the access key id of every client that works inside local AWS says it.

`lambda.<function>` and `states.<state machine>.<state>` are what the deployed code does; a service
that acts on its own signs with its bare name. The parts are quoted as in a URL, dots too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.keys import issue
from local_sagemaker.protocol.service_models import session_of

_SERVICES = (
    "alarms",
    "autoscaling",
    "cloudformation",
    "events",
    "lambda",
    "notifications",
    "sagemaker",
    "scheduler",
    "states",
)
KINDS = ("client", *_SERVICES)


@dataclass(frozen=True)
class Caller:
    """`kind` is lambda, states, another service of local AWS, or client for everybody else.

    As text it is what patterns of faults are compared with: `states.Retune.RunTuning`.
    """

    kind: str
    name: str = ""
    state: str = ""

    def __str__(self) -> str:
        return ".".join(part for part in (self.kind, self.name, self.state) if part)


def is_within(access_key_id: str) -> bool:
    """Whether an access key id is of something that works inside local AWS."""
    return access_key_id.split(".")[0] in _SERVICES


def access_key_id(*parts: str) -> str:
    return ".".join(quote(part, safe="").replace(".", "%2E") for part in parts)


def caller_of(environ: dict[str, Any]) -> Caller:
    """The caller of a WSGI request."""
    credential = credential_of(environ)
    key = credential.access_key_id if credential else ""
    parts = [unquote(part) for part in key.split(".")]
    return Caller(*parts[:3]) if parts[0] in _SERVICES else Caller("client")


def key_arguments(access_key_id: str) -> dict[str, str]:
    """The pair of this id, as boto3's sessions and clients take it."""
    pair = issue(access_key_id)
    return {
        "aws_access_key_id": pair.access_key_id,
        "aws_secret_access_key": pair.secret_access_key,
    }


@cache
def client_of(kind: str, service: str, region: str) -> Any:
    """A client with which a service of local AWS calls another one."""
    session: Any = session_of(region, **key_arguments(access_key_id(kind)))
    return session.client(service)
