"""Who reads while others write is answered; a write is never done twice.

Two real requests meet by chance only, so that a stand-in for moto breaks off as its loops do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from local_sagemaker.http.asked_again import answer_of
from werkzeug.test import EnvironBuilder

SCOPE = "AKIA/20261129/us-east-1/logs/aws4_request"


@dataclass
class Busy:
    """Is written to during so many of its answers."""

    writes: int
    asked: int = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        content = environ["wsgi.input"].read()
        self.asked += 1
        found = {number: number for number in range(3)}
        for number in found:
            if self.asked <= self.writes:
                found[number + 10] = number
        start_response("200 OK", [])
        return [content]


def ask(moto: Busy, operation: str) -> bytes:
    signature = f"AWS4-HMAC-SHA256 Credential={SCOPE}, SignedHeaders=host, Signature=0"
    headers = [("Authorization", signature), ("X-Amz-Target", f"Logs_20140328.{operation}")]
    environ = EnvironBuilder(method="POST", headers=headers, data=b"{}").get_environ()
    body, status, _ = answer_of(moto, environ, b"{}")
    assert status == "200 OK"
    return b"".join(body)


def test_read_is_asked_again_with_its_whole_request() -> None:
    moto = Busy(writes=3)
    assert ask(moto, "DescribeLogStreams") == b"{}"
    assert moto.asked == 4


def test_write_is_not_asked_again() -> None:
    moto = Busy(writes=1)
    with pytest.raises(RuntimeError, match="changed size during iteration"):
        ask(moto, "CreateLogStream")
    assert moto.asked == 1
