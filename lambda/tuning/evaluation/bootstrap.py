"""How sure the difference of two models is: a paired bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import expm1, sqrt
from statistics import NormalDist

import numpy as np

from tuning.evaluation.losses import Array
from tuning.evaluation.metric_names import METRICS
from tuning.evaluation.metrics import Weighted, weighed

RESAMPLES = 1000
SEED = 20
_IN_A_TAIL = 10  # draws that a quantile of theirs needs beyond it


@dataclass(frozen=True)
class Improvement:
    """The candidate's improvement, and what it was in each draw of the rows in which it is defined.

    Above 0 always means better. There is at least one draw. `rows` is how many rows it rests on:
    those of the rarest class where the metric depends on these, and of a ranking its queries.
    """

    value: float
    draws: Array
    rows: int

    def interval(self, level: float) -> tuple[float, float]:
        """Bounds that the true improvement lies above, and below, each with this confidence.

        They are as far away as Student's t for so many rows says of the draws' standard deviation,
        and as the draws' own quantiles say where enough draws lie beyond these: t knows nothing of
        a skew, and a thousand draws know no level like 0.9999.
        """
        reach = student_quantile(level, self.rows - 1) * float(np.std(self.draws))
        low, high = self.value - reach, self.value + reach
        tail = 1 - level
        if tail * len(self.draws) >= _IN_A_TAIL:
            lowest, highest = np.quantile(self.draws, [tail, level])
            low, high = min(low, float(lowest)), max(high, float(highest))
        return low, high


def resample(
    candidate: Weighted,
    champion: Weighted,
    names: Sequence[str],
    labels: Array,
    queries: Array | None = None,
    counts: Array | None = None,
) -> dict[str, Improvement]:
    """The improvement in each of these metrics, without those that are undefined in every draw.

    Rows are drawn with replacement, the same ones for both models and all metrics; the same input
    gives the same draws. Of a ranking whole queries are drawn, since their rows depend on each
    other. With `counts` each row stands for so many that are like it, which are drawn at once. A
    draw in which a metric is undefined, of one class only, is left out.
    """
    random, rows = np.random.default_rng(SEED), weighed(labels, queries)
    every = np.ones(rows) if counts is None else counts

    def draw() -> Array:
        if counts is None:
            drawn = np.bincount(random.integers(0, rows, rows), minlength=rows)
        else:
            drawn = random.multinomial(int(counts.sum()), counts / counts.sum())
        return drawn.astype(float)

    def improvements(weights: Array) -> list[float]:
        new, old = candidate(weights), champion(weights)
        return [METRICS[name].sign * (new[name] - old[name]) for name in names]

    drawn = [improvements(draw()) for _ in range(RESAMPLES)]
    found = zip(names, improvements(every), np.asarray(drawn).T, strict=True)
    behind = int(every.sum())
    return {
        name: Improvement(
            value, draws[np.isfinite(draws)], rows_behind(name, behind, labels, counts)
        )
        for name, value, draws in found
        if np.isfinite(draws).any()
    }


def rows_behind(name: str, rows: int, labels: Array, counts: Array | None = None) -> int:
    """How many of the `rows`, or queries, a metric rests on.

    With `counts` each label stands for so many rows.
    """
    if not METRICS[name].by_class:
        return rows
    of_classes = np.bincount(labels.astype(int), counts)
    return int(of_classes[of_classes > 0].min())


def student_quantile(level: float, degrees: int) -> float:
    """Of Student's t, as far as Wallace's approximation (1959) goes, for at least one degree.

    From five degrees on it is within 1 % at 0.999, and where it errs it is too large.
    """
    degrees = max(degrees, 1)
    scaled = NormalDist().inv_cdf(level) * (8 * degrees + 3) / (8 * degrees + 1)
    return sqrt(degrees * expm1(scaled**2 / degrees))
