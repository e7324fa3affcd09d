"""What is there in an account, for the permissions that depend on it: moto's resources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moto.awslambda.models import lambda_backends
from moto.iam.models import iam_backends
from moto.secretsmanager.models import secretsmanager_backends

from local_sagemaker.iam.needs.known import Fact
from local_sagemaker.protocol.account import partition_of
from local_sagemaker.services.known_keys import (
    alias_key,
    bucket_key,
    ciphertext_key,
    object_key,
    parameter_key,
    queue_key,
    secret_key,
    topic_key,
)


@dataclass(frozen=True)
class KnownResources:
    """The resources of one account (`iam.needs.known.Known`).

    `holder_of` tells who holds a task's token, which Step Functions alone knows; `caller` is the
    ARN of whoever asks.
    """

    account: str
    holder_of: Callable[[str], str | None] = lambda _: None
    caller: str | None = None

    def look_up(self, fact: Fact, name: str, region: str) -> str | None:
        """An ARN; None for what is not there, and for keys of AWS's own."""
        if fact == "holder of a token":
            return self.holder_of(name)
        if fact == "caller":
            return self.caller
        return _LOOK_UPS[fact](self.account, region, name)


def _mapped_function(account: str, region: str, mapping: str) -> str | None:
    found = lambda_backends[account][region]._event_source_mappings.get(mapping)
    return str(found.function_arn) if found else None


def _secret(account: str, region: str, name: str) -> str | None:
    secrets: Any = secretsmanager_backends[account][region].secrets
    return str(secrets[name].arn) if name in secrets else None


def _role(account: str, region: str, name: str) -> str | None:
    roles = list(iam_backends[account][partition_of(region)].roles.values())
    return next((role.arn for role in roles if role.name == name), None)


def _user_of_key(account: str, region: str, key: str) -> str | None:
    user = iam_backends[account][partition_of(region)].get_user_from_access_key_id(key)
    return user.arn if user else None


def _user(account: str, region: str, name: str) -> str | None:
    user = iam_backends[account][partition_of(region)].users.get(name)
    return user.arn if user else None


_LOOK_UPS: dict[Fact, Callable[[str, str, str], str | None]] = {
    "key of a bucket": bucket_key,
    "key of an object": object_key,
    "key of a queue": queue_key,
    "key of a topic": topic_key,
    "key of an alias": alias_key,
    "key of a ciphertext": ciphertext_key,
    "key of a secret": secret_key,
    "key of a parameter": parameter_key,
    "function of a mapping": _mapped_function,
    "secret": _secret,
    "role": _role,
    "user": _user,
    "user of a key": _user_of_key,
}
