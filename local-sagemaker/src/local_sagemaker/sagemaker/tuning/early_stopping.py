"""The median rule of TrainingJobEarlyStoppingType Auto.

"Stop training jobs early" in the developer guide: a training job is stopped when its objective
is worse than the median of the running averages, up to the same epoch, of the training jobs
before it. The guide gives no start; here the fifth job is the first that can be stopped, after a
tenth of its rounds, so that a slow start is not taken for a poor end.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

MIN_PREVIOUS_JOBS = 4
MIN_SHARE_OF_ROUNDS = 0.1


def should_stop(
    value: float, epoch: int, previous: Sequence[Sequence[float]], *, rounds: int, maximize: bool
) -> bool:
    """Whether a job with this objective after this epoch (from 1) is worse than the median.

    `previous` holds, for each earlier job, its running averages after each epoch.
    """
    if len(previous) < MIN_PREVIOUS_JOBS or epoch < rounds * MIN_SHARE_OF_ROUNDS:
        return False
    if epoch == rounds:
        return False  # it has done its work and only has to save its model
    median = statistics.median(averages[min(epoch, len(averages)) - 1] for averages in previous)
    return value < median if maximize else value > median
