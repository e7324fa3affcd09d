"""The score that RegisterModel has entered with a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HELD_OUT = "HeldOut."


def registered_score(package: Mapping[str, Any]) -> tuple[str | None, float | None]:
    """Name and value of the metric on the test channel, or else of the one that was tuned.

    `package` is the answer of DescribeModelPackage; without one, or without scores, both are None.
    """
    properties = package.get("CustomerMetadataProperties", {})
    held_out = [name for name in properties if name.startswith(HELD_OUT)]
    tuned = [name for name in properties if ":" in name and not name.startswith("Tuned.")]
    for name in (*held_out, *tuned):
        try:
            return name.removeprefix(HELD_OUT), float(properties[name])
        except ValueError:
            continue
    return None, None
