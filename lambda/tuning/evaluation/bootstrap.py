"""How sure a difference of two models is: a paired bootstrap."""

from __future__ import annotations

import numpy as np

from tuning.evaluation.metrics import Weighted

RESAMPLES = 1000
SEED = 20


def improvement_interval(
    candidate: Weighted, champion: Weighted, *, rows: int, sign: int, confidence: float
) -> tuple[float, float] | None:
    """Where the candidate's improvement lies with this confidence; the same every time.

    Draws the rows with replacement, the same ones for both models. `sign` is 1 for a metric to
    maximise and -1 for one to minimise, so that above 0 always means better. A draw in which the
    metric is undefined (one class only) does not count; None when all are such.
    """
    random = np.random.default_rng(SEED)
    draws = []
    for _ in range(RESAMPLES):
        counts = np.bincount(random.integers(0, rows, rows), minlength=rows).astype(float)
        draws.append(sign * (candidate(counts) - champion(counts)))
    defined = np.asarray(draws)[np.isfinite(draws)]
    if not len(defined):
        return None
    tail = (1 - confidence) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return float(low), float(high)
