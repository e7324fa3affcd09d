"""What a state comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """A state's output and the variables that it assigns; `next` is None where it ends the line."""

    output: Any
    next: str | None = None
    assigned: Mapping[str, Any] = field(default_factory=dict)
