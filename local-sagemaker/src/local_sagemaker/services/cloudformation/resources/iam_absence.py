"""Calls to IAM that take something away which somebody else may have taken already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError


def unless_gone(call: Callable[..., Any], **members: Any) -> None:
    """Call it; that a policy or its holder is not there is no fault."""
    try:
        call(**members)
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchEntity":
            raise
