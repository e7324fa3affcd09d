"""Who makes a call: the access key id of every client that works inside local AWS says it.

`lambda.<function>..<role>` and `states.<state machine>.<state>.<role>` are what the deployed code
does, with the rights of the role; a service that acts on its own signs with its bare name, and one
that acts in the name of its caller with `forwarded.<service>.<access key id of the caller>`. The
parts are quoted as in a URL, dots too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

from botocore.config import Config

from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.keys import issue
from local_sagemaker.protocol.service_models import new_client

_SERVICES = (
    "alarms",
    "autoscaling",
    "cloudformation",
    "events",
    "lambda",
    "logs",
    "notifications",
    "s3",
    "sagemaker",
    "scheduler",
    "states",
)
KINDS = ("client", *_SERVICES)
_FORWARDED = "forwarded"
_SIGNATURE = Config(signature_version="s3v4")  # of URLs too, which boto3 signs in an older way
PATIENT = Config(read_timeout=910, retries={"total_max_attempts": 1})
"""Of a client that invokes functions: once, and waiting as long as one may run (900 s)."""


@dataclass(frozen=True)
class Caller:
    """`kind` is lambda, states, another service of local AWS, or client for everybody else.

    As text it is what patterns of faults are compared with: `states.Retune.RunTuning`. `role` is
    the ARN of the role whose rights it has; empty for a service on its own.
    """

    kind: str
    name: str = ""
    state: str = ""
    role: str = ""

    def __str__(self) -> str:
        return ".".join(part for part in (self.kind, self.name, self.state) if part)


def is_within(access_key_id: str) -> bool:
    """Whether an access key id is of something that works inside local AWS."""
    return access_key_id.split(".")[0] in (*_SERVICES, _FORWARDED)


def forwarded_key(service: str, key: str) -> str:
    """The id with which a service calls in the name of whoever has called it with this key."""
    return access_key_id(_FORWARDED, service, key)


def forwarded_by(key: str) -> tuple[str, str]:
    """The service that forwards a call, and the key of its caller; ("", key) for any other key."""
    parts = key.split(".")
    return (unquote(parts[1]), unquote(parts[2])) if parts[0] == _FORWARDED else ("", key)


def access_key_id(*parts: str) -> str:
    """The id for these parts: kind, name, state and role."""
    return ".".join(quote(part, safe="").replace(".", "%2E") for part in parts)


def caller_of(environ: dict[str, Any]) -> Caller:
    """The caller of a WSGI request."""
    credential = credential_of(environ)
    return caller_by_key(credential.access_key_id if credential else "")


def caller_by_key(access_key_id: str) -> Caller:
    """The caller that signs with this access key."""
    _, key = forwarded_by(access_key_id)
    parts = [unquote(part) for part in key.split(".")]
    return Caller(*parts[:4]) if parts[0] in _SERVICES else Caller("client")


def key_arguments(access_key_id: str) -> dict[str, str]:
    """The pair of this id, as boto3's sessions and clients take it."""
    pair = issue(access_key_id)
    return {
        "aws_access_key_id": pair.access_key_id,
        "aws_secret_access_key": pair.secret_access_key,
    }


def client_of(
    kind: str, service: str, region: str, config: Config | None = None, role: str = ""
) -> Any:
    """A client with which a service of local AWS calls another one, on its own or in a role."""
    key = access_key_id(kind, "", "", role) if role else access_key_id(kind)
    return client_with(key, service, region, config)


@lru_cache(maxsize=1024)
def client_with(access_key_id: str, service: str, region: str, config: Config | None = None) -> Any:
    """A client that signs with the key of this id."""
    if config is None and service == "s3":
        config = _SIGNATURE
    return new_client(service, region, config=config, **key_arguments(access_key_id))
