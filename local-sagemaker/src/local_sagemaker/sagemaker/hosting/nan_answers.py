"""The injected fault of a model that answers NaN."""

from __future__ import annotations

import re

_NUMBER = re.compile(rb"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")


def numbers_as_nan(body: bytes) -> bytes:
    """A CSV or JSON answer in which every number is NaN, as XGBoost's container writes it."""
    return _NUMBER.sub(b"NaN", body)
