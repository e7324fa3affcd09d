"""Which training jobs Hyperband ends: successive halving, without waiting for a whole bracket.

"How hyperparameter tuning works" says that Hyperband stops training jobs that do poorly and
gives their epochs to others, between MinResource and MaxResource epochs. How it does that is not
documented; here a job that reaches a rung (MinResource, three times that, ...) goes on when it is
in the best third of the jobs that have reached it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

REDUCTION = 3


def should_stop(values: Sequence[float], others: Sequence[Sequence[float]], budget: Any) -> bool:
    """Whether a job with these objectives, higher being better, ends after its last epoch.

    `others` holds the objectives of the other jobs, epoch by epoch, and `budget` is a
    HyperbandStrategyConfig.
    """
    epoch, most = len(values), budget.get("MaxResource", math.inf)
    # A job whose last epoch this is must be left to save its model.
    if epoch >= most or not is_rung(epoch, budget.get("MinResource", 1)):
        return bool(epoch > most)
    reached = [other[epoch - 1] for other in others if len(other) >= epoch]
    if len(reached) + 1 < REDUCTION:
        return False
    better = sum(value > values[-1] for value in reached)
    return better >= (len(reached) + 1) / REDUCTION


def is_rung(epoch: int, low: int) -> bool:
    """Whether the epoch is MinResource times a power of three."""
    while epoch > low and epoch % REDUCTION == 0:
        epoch //= REDUCTION
    return epoch == low
