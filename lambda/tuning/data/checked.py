"""What a look at data has brought."""

from __future__ import annotations

from dataclasses import dataclass, field

from tuning.errors import Fault


@dataclass(frozen=True)
class Checked:
    """What is certainly wrong, and what looks wrong but may be meant."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
