"""What came of the input's WarmStartConfig: a part of the plan and of the summary."""

from __future__ import annotations

from typing import Literal

from tuning.variables.variable import Variable


class WarmStartOutcome(Variable):
    """A tuning job that asked for parents starts warm from them, or cold for a reason."""

    started: Literal["Warm", "Cold"]
    parents: tuple[str, ...] = ()  # names of tuning jobs, of a warm start
    reason: str | None = None  # of a cold start
