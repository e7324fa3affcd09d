"""A call as it reaches IAM: an operation of a service with its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jmespath

from local_sagemaker.iam.needs.reference.prefixes import prefix_of
from local_sagemaker.protocol.account import partition_of


@dataclass(frozen=True)
class Call:
    """`service`, `operation` and the names in `parameters` are botocore's."""

    service: str
    operation: str
    parameters: Mapping[str, Any]
    region: str
    account: str

    @property
    def prefix(self) -> str:
        return prefix_of(self.service)

    def texts(self, path: str) -> tuple[str, ...]:
        """What the parameters have at a JMESPath, one or many, as texts; each once, in order."""
        found = _compiled(path).search(self.parameters)
        values = found if isinstance(found, list) else [found]
        return tuple(dict.fromkeys(_text(value) for value in values if value is not None))

    def text(self, path: str) -> str | None:
        """The first of `texts`."""
        return next(iter(self.texts(path)), None)

    def arn(self, prefix: str, resource: str, account: str | None = None) -> str:
        """An ARN of this call's region, and of its account unless another one is named."""
        partition = partition_of(self.region)
        return f"arn:{partition}:{prefix}:{self.region}:{account or self.account}:{resource}"


@cache
def _compiled(path: str) -> Any:
    return jmespath.compile(path)


def _text(value: Any) -> str:
    """A value as conditions compare it: true and false in lower case."""
    return str(value).lower() if isinstance(value, bool) else str(value)
