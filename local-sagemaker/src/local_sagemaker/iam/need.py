"""A permission that a call needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """One permission that a call needs.

    `action` is spelled as in the Service Authorization Reference, such as s3:GetObject; `resource`
    is an ARN, or * for an action without resource types. `context` are the condition keys that the
    call itself gives, in lower case (sagemaker:instancetypes), with their values.
    """

    action: str
    resource: str
    context: Mapping[str, tuple[str, ...]]
