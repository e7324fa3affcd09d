"""The improvement of a candidate over its champion in each metric, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence

from tuning.evaluation.bootstrap import Improvement, resample
from tuning.evaluation.losses import Array
from tuning.evaluation.many_rows import improvements_of_many
from tuning.evaluation.metrics import prepare

# From so many rows on, drawing them takes minutes, and gigabytes of memory with more.
MANY = 200_000


def improvements(
    names: Sequence[str], labels: Array, new: Array, old: Array, queries: Array | None = None
) -> dict[str, Improvement]:
    """`new` and `old` are the models' predictions. Undefined metrics are left out."""
    if queries is None and len(labels) >= MANY:
        return improvements_of_many(names, labels, new, old)
    candidate, champion = (prepare(names, labels, model, queries) for model in (new, old))
    return resample(candidate, champion, names, labels, queries)
