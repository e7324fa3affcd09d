"""The condition keys that every request has, whatever it asks for (IAM guide, "AWS global
condition context keys").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from local_sagemaker.protocol.authorization import Credential
from local_sagemaker.protocol.callers import forwarded_by

_TAG = "resourcetag/"


def request_keys(
    environ: dict[str, Any],
    credential: Credential,
    resource: str,
    tags_of: Callable[[str], Mapping[str, str]],
) -> Mapping[str, tuple[str, ...]]:
    """Keys in lower case. Tags of the resource are looked up once a condition asks for one.

    The laptop has no TLS: what has reached local AWS counts as if it had come over it.
    """
    now = datetime.now(UTC)
    keys = {
        "aws:securetransport": "true",
        "aws:sourceip": environ.get("REMOTE_ADDR", ""),
        "aws:useragent": environ.get("HTTP_USER_AGENT", ""),
        "aws:currenttime": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "aws:epochtime": str(int(now.timestamp())),
        "aws:requestedregion": credential.region,
        **_via(credential.access_key_id),
    }
    given = {key: (value,) for key, value in keys.items() if value}
    return _WithTags(given, lambda: tags_of(resource))


def _via(access_key_id: str) -> dict[str, str]:
    """Whether a service asks in its caller's name, and which."""
    service, _ = forwarded_by(access_key_id)
    if not service:
        return {"aws:viaawsservice": "false"}
    names = ("aws:calledvia", "aws:calledviafirst", "aws:calledvialast")
    return {"aws:viaawsservice": "true", **dict.fromkeys(names, f"{service}.amazonaws.com")}


class _WithTags(Mapping[str, tuple[str, ...]]):
    """Keys such as aws:resourcetag/team and sagemaker:resourcetag/team besides those given."""

    def __init__(
        self, given: Mapping[str, tuple[str, ...]], find: Callable[[], Mapping[str, str]]
    ) -> None:
        self._given = given
        self._find = find

    @cached_property
    def _tags(self) -> dict[str, str]:
        return {key.lower(): value for key, value in self._find().items()}

    def __getitem__(self, key: str) -> tuple[str, ...]:
        prefix, _, name = key.partition("/")
        if f"{prefix.partition(':')[2]}/" == _TAG:
            return (self._tags[name],)
        return self._given[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)
