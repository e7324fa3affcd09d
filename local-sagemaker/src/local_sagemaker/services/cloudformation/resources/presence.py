"""Whether something of a name is there already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError


def is_there(describe: Callable[..., Any], absent: str, **named: Any) -> bool:
    """Whether a call of boto3 finds what it is to describe.

    `absent` is the code of its error for what is not there; any other error is raised.
    """
    try:
        describe(**named)
    except ClientError as error:
        if error.response["Error"]["Code"] != absent:
            raise
        return False
    return True
