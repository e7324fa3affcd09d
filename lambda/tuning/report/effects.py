"""Whether a hyperparameter has an effect on the metric that chance does not explain.

The trials are put into groups by the hyperparameter's value, and the groups' mean ranks of the
metric are compared (Kruskal and Wallis, 1952). How often that comes out as large when the metrics
are dealt to the trials anew tells its p-value. The largest of all hyperparameters counts in each
deal, so that many hyperparameters are no more chances to find something (Westfall and Young, 1993).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuning.report.search import Search
from tuning.report.search_space import CategoricalRange
from tuning.report.varied import shared_hyperparameters
from tuning.trials.trials import Trial

FEWEST = 12  # scored trials; fewer tell no effect from chance
MOST = 1000  # more are sampled
GROUPS = 4  # of a numeric hyperparameter, of equal size as far as ties allow
DEALS = 999
CHANCE = 0.05  # the p-value from which on an effect may be chance
SEED = 20

Array = NDArray[Any]


@dataclass(frozen=True)
class Effect:
    """A hyperparameter; `p_value` allows for the other ones that were looked at."""

    name: str
    p_value: float

    @property
    def is_sure(self) -> bool:
        return self.p_value <= CHANCE


def effects(search: Search) -> dict[str, Effect]:
    """Of each hyperparameter that varies; empty with fewer than FEWEST scored trials."""
    names, trials = shared_hyperparameters(search), _sample(search.scored)
    if len(trials) < FEWEST or not names:
        return {}
    members = [_membership(search, name, trials) for name in names]
    ranks = _ranks(np.array([trial.value for trial in trials]))
    random = np.random.default_rng(SEED)
    deals = np.stack([ranks, *(random.permutation(ranks) for _ in range(DEALS))])
    spreads = np.stack([_spread(deals, groups) for groups in members], axis=1)
    greatest = spreads[1:].max(axis=1)
    return {
        name: Effect(name, float((1 + np.sum(greatest >= spread - 1e-12)) / (1 + DEALS)))
        for name, spread in zip(names, spreads[0], strict=True)
    }


def _sample(trials: Sequence[Trial]) -> list[Trial]:
    if len(trials) <= MOST:
        return list(trials)
    chosen = np.random.default_rng(SEED).choice(len(trials), MOST, replace=False)
    return [trials[index] for index in sorted(chosen)]


def _membership(search: Search, name: str, trials: Sequence[Trial]) -> Array:
    """A row a trial, a column a group, 1 where it belongs."""
    texts = [trial.tuned_hyperparameters[name] for trial in trials]
    if isinstance(search.ranges[name], CategoricalRange):
        known = sorted(set(texts))
        numbers = np.array([known.index(text) for text in texts])
    else:
        values = np.array([float(text) for text in texts])
        edges = np.quantile(values, np.linspace(0, 1, GROUPS + 1)[1:-1])
        numbers = np.searchsorted(edges, values, side="left")
    return np.asarray(numbers[:, None] == np.unique(numbers)[None, :], float)


def _ranks(values: Array) -> Array:
    """From 0; equal values share the mean of their ranks."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts + 1) / 2)[inverse])


def _spread(deals: Array, groups: Array) -> Array:
    """Of each deal, Kruskal and Wallis's H of these groups, in units of its degrees of freedom."""
    sizes = groups.sum(axis=0)
    if len(sizes) < 2:
        return np.zeros(len(deals))
    means = deals @ groups / sizes
    return np.asarray(((means - deals[0].mean()) ** 2) @ sizes / (len(sizes) - 1))
