"""What the Resource of a Task state names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from local_sagemaker.stepfunctions.definition.integrations import (
    CALL,
    SYNC,
    SYNC_JSON,
    integration_of,
)

Kind = Literal["function", "activity", "integration", "aws-sdk"]
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("function", re.compile(r"arn:[\w-]+:lambda:(?P<region>[\w-]+):\d{12}:function:.+")),
    ("activity", re.compile(r"arn:[\w-]+:states:(?P<region>[\w-]+):\d{12}:activity:.+")),
)
_SDK = "aws-sdk:"


@dataclass(frozen=True)
class Resource:
    """`service`, `action` and `pattern` are empty for functions and activities, `region` for
    integrations. `service` is that of `aws-sdk:<service>` without its prefix."""

    arn: str
    kind: Kind
    region: str = ""
    service: str = ""
    action: str = ""
    pattern: str = CALL

    @property
    def has_token(self) -> bool:
        """Whether the context object has `Task.Token`, by which others may end the task."""
        return self.kind == "activity" or self.pattern != CALL

    @property
    def waits_for_job(self) -> bool:
        return self.pattern in (SYNC, SYNC_JSON)

    @property
    def said_in_events(self) -> dict[str, str]:
        """`resource` and `resourceType` as the history has them."""
        prefix = _SDK if self.kind == "aws-sdk" else ""
        return {"resource": self.action + self.pattern, "resourceType": prefix + self.service}


@lru_cache(maxsize=1024)
def parse(arn: str) -> Resource:
    """Raises ValueError for what no Task state can name."""
    for kind, form in _FORMS:
        if found := form.fullmatch(arn):
            return Resource(arn, kind, region=found["region"])
    known = integration_of(arn)
    if known is None:
        raise ValueError(f"{arn} is no resource of a Task state")
    service = known.service.removeprefix(_SDK)
    own: Kind = "aws-sdk" if known.is_sdk else "integration"
    return Resource(arn, own, "", service, known.action, known.pattern)
