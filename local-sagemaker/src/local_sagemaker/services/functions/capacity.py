"""Whether a function may run at all: reserved concurrency of 0 switches it off."""

from __future__ import annotations

from typing import Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaFunction


class ThrottledError(LambdaClientError):
    """Lambda's TooManyRequestsException."""

    code = 429

    def __init__(self) -> None:
        super().__init__("TooManyRequestsException", "Rate Exceeded.")


def check_capacity(function: LambdaFunction) -> None:
    """Raises ThrottledError. A laptop has no other limit."""
    reserved: Any = function.reserved_concurrency
    if reserved is not None and int(reserved) == 0:
        raise ThrottledError
