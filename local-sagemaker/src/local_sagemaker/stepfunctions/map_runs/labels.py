"""The labels of distributed maps, by which their runs are named."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any


def label_of(said: Mapping[str, Any], state: str, machine_arn: str) -> str:
    """A Map state's Label, or the one that it gets: the same as long as it has its name."""
    given: str | None = said.get("Label")
    return given or str(uuid.uuid5(uuid.NAMESPACE_URL, f"{machine_arn}/{state}"))
