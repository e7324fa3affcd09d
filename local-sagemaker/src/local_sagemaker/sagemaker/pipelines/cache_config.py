"""CacheConfig of a step: whether an earlier run of it may be taken, and how old it may be."""

from __future__ import annotations

import re
from typing import Any

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.expecting import expect_object, expect_text
from local_sagemaker.sagemaker.pipelines.faults import unparsable

_DAY = 86_400
# An ISO 8601 duration; the guide writes it without P and in lower case, "30dT5h".
_DURATION = re.compile(
    r"P?(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
    re.IGNORECASE,
)
_SECONDS = (365 * _DAY, 30 * _DAY, 7 * _DAY, _DAY, 3600, 60, 1)


def check_cache_config(config: Any) -> None:
    """Raises ValidationException for a duration that cannot be read."""
    expect_object(config, ("Enabled", "ExpireAfter"))
    if not isinstance(config.get("Enabled", False), bool):
        raise unparsable("Enabled of a CacheConfig must be true or false.")
    if "ExpireAfter" in config:
        text = expect_text(config["ExpireAfter"], "ExpireAfter")
        if not any(_amounts(text)):
            raise unparsable(f"ExpireAfter '{text}' is no ISO 8601 duration, such as PT1H or P30D.")


def oldest_age(config: Document) -> float:
    """How many seconds ago a run may have ended that is taken again; without ExpireAfter any."""
    if "ExpireAfter" not in config:
        return float("inf")
    amounts = _amounts(config["ExpireAfter"])
    return float(
        sum(int(amount or 0) * unit for amount, unit in zip(amounts, _SECONDS, strict=True))
    )


def _amounts(text: str) -> tuple[str | None, ...]:
    match = _DURATION.fullmatch(text)
    return match.groups() if match else (None,) * len(_SECONDS)
