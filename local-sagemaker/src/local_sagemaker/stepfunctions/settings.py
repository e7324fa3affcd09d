"""What Step Functions needs to know about the server around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Emit = Callable[[str, str, dict[str, Any]], None]
"""Sends an "Execution Status Change" to EventBridge: region, the execution's ARN, the detail."""

KeepsOut = Callable[[str, str], bool]
"""Whether a role, by its ARN, does not let Step Functions take it on for a state machine's ARN."""

LacksRules = Callable[[str, str, str], bool]
"""Whether a role may not make the managed rules that a definition's tasks need, in a region."""


def nobody(_region: str, _arn: str, _detail: dict[str, Any]) -> None:
    """For a Step Functions without EventBridge."""


def nobody_keeps_out(_role: str, _source: str) -> bool:
    """For a Step Functions without IAM."""
    return False


def nobody_lacks_rules(_role: str, _definition: str, _region: str) -> bool:
    """For a Step Functions without IAM."""
    return False


@dataclass(frozen=True)
class Settings:
    """`wait_scale` multiplies Wait states and the pauses between retries."""

    emit: Emit = nobody
    keeps_out: KeepsOut = nobody_keeps_out
    wait_scale: float = 1.0
    lacks_rules: LacksRules = nobody_lacks_rules
