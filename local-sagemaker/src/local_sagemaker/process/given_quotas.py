"""Quotas that a local AWS is started with: which there are, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from local_sagemaker.process.options import OptionError

ALL_TRAINING = "Number of instances across all training jobs"
ALL_SPOT_TRAINING = "Number of instances across all spot training jobs"
ALL_TRANSFORM = "Number of instances across all transform jobs"
ALL_PROCESSING = "Number of instances across all processing jobs"
ALL_ENDPOINTS = "Number of instances across active endpoints"
TOTALS = (ALL_TRAINING, ALL_SPOT_TRAINING, ALL_TRANSFORM, ALL_PROCESSING, ALL_ENDPOINTS)

_WORK = ("training job", "spot training job", "transform job", "processing job", "endpoint")
_OF_A_TYPE = re.compile(rf"ml\.[a-z0-9-]+\.[a-z0-9-]+ for ({'|'.join(_WORK)}) usage")
_MOST_DIGITS = 9


def given_quotas(texts: Iterable[str]) -> dict[str, int]:
    """Values by name, of texts such as `ml.m5.large for endpoint usage=2`; the last one counts.

    Raises:
        OptionError: a text that is none of them, or a name that SageMaker does not have.
    """
    return dict(map(_parse, texts))


def as_arguments(quotas: Mapping[str, int]) -> list[str]:
    """For the command line of the server."""
    return [word for name, value in quotas.items() for word in ("--quota", f"{name}={value}")]


def _parse(text: str) -> tuple[str, int]:
    name, _, value = (part.strip() for part in text.rpartition("="))
    if not (value.isdecimal() and value.isascii() and len(value) <= _MOST_DIGITS):
        raise OptionError(
            f"{text!r} is no quota: give its name and a whole number, such as "
            "'ml.m5.large for endpoint usage=2'"
        )
    if name not in TOTALS and not _OF_A_TYPE.fullmatch(name):
        raise OptionError(
            f"{name!r} is no quota of SageMaker that local AWS has: give '<instance type> for "
            f"... usage', where ... is {', '.join(_WORK[:-1])} or {_WORK[-1]}, or one of "
            f"{', '.join(map(repr, TOTALS))}"
        )
    return name, int(value)
