"""A confidence interval for the difference of two models: a paired bootstrap."""

from __future__ import annotations

import numpy as np

from tuning.evaluation.metrics import Weighted

RESAMPLES = 1000
SEED = 20


def improvement_interval(
    candidate: Weighted, champion: Weighted, *, rows: int, sign: int, confidence: float
) -> tuple[float, float] | None:
    """Bounds of the candidate's improvement; the same input gives the same bounds.

    Rows are drawn with replacement, the same ones for both models. `sign` is 1 for a metric to
    maximise and -1 for one to minimise, so that above 0 always means better. A draw in which the
    metric is undefined, of one class only, is left out; None when all are.
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
