"""Catches the error that a request meets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

Change = Callable[[dict[str, Any]], Any]


def refusal(call: Callable[..., Any], request: dict[str, Any]) -> tuple[str, str]:
    """The code and the message of the error that the request meets."""
    with pytest.raises(ClientError) as raised:
        call(**request)
    error = raised.value.response["Error"]
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    return error["Code"], error["Message"]
