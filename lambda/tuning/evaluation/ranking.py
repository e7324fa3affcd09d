"""Metrics of a ranking, a mean over its queries, equal to XGBoost's ndcg and map.

A query without a relevant row counts as 1, as it does for XGBoost. Rows of a query that a model
scores alike have no order; XGBoost leaves them as they stand in the file, in which the best may
come first. Here chance orders them, in the same way for every model.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_SEED = 20


def _ndcg(relevance: Array) -> float:
    """Of the relevance of a query's rows in the order of a model, the best first."""
    gains, discounts = 2.0**relevance - 1, 1 / np.log2(np.arange(len(relevance)) + 2)
    ideal = float(np.sum(np.sort(gains)[::-1] * discounts))
    return float(np.sum(gains * discounts)) / ideal if ideal else 1.0


def _average_precision(relevance: Array) -> float:
    """Any label above 0 is relevant."""
    hits = relevance > 0
    precisions = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(np.mean(precisions[hits])) if hits.any() else 1.0


def _mean_over_queries(
    of_query: Callable[[Array], float],
) -> Callable[[Array, Array, Array], Callable[[Array], float]]:
    def prepared(labels: Array, scores: Array, queries: Array) -> Callable[[Array], float]:
        by_chance = np.random.default_rng(_SEED).permutation(len(labels))
        order = np.lexsort((by_chance, -scores, queries))
        starts = np.flatnonzero(np.diff(queries[order])) + 1
        values = np.asarray([of_query(part) for part in np.split(labels[order], starts)])
        return lambda weights: float(np.sum(weights * values) / np.sum(weights))

    return prepared


# labels, scores, the query of each row from 0 -> weights, one a query -> the metric
OF_QUERIES = {
    "NDCG": _mean_over_queries(_ndcg),
    "MAP": _mean_over_queries(_average_precision),
}
