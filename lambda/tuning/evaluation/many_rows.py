"""How sure the difference of two models is on many rows, without drawing these a thousand times.

Rows that both models take for the same class are alike to metrics of classes: they are drawn
together, which is the same bootstrap. The other metrics change with a row's weight by what the row
adds to them, and the variance of what rows add tells the variance of the metric: for AUC that is
E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Comparing the areas under two or more correlated
receiver operating characteristic curves, Biometrics 44, 1988; for means of losses the delta method.
With so many rows the draws of a bootstrap are a normal distribution of this variance
(docs/decisions/0015).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np

from tuning.evaluation.bootstrap import RESAMPLES, Improvement, resample, rows_behind
from tuning.evaluation.losses import LOSSES, Array
from tuning.evaluation.metric_names import METRICS
from tuning.evaluation.metrics import OF_TABLE, classes_of, prepare
from tuning.evaluation.scores import (
    ascending,
    class_count,
    mean_loss,
    parts,
    score,
    shares_below,
    spread,
)


def improvements_of_many(
    names: Sequence[str], labels: Array, new: Array, old: Array
) -> dict[str, Improvement]:
    """As resample has them, of rows that are no ranking."""
    of_table = [name for name in names if name in OF_TABLE]
    found = _by_classes(of_table, labels, new, old) if of_table else {}
    for name in names:
        if name in OF_TABLE:
            continue
        deviation = _deviation(name, labels, new, old)
        if np.isfinite(deviation):
            value = METRICS[name].sign * (score(name, labels, new) - score(name, labels, old))
            rows = rows_behind(name, len(labels), labels)
            found[name] = Improvement(value, value + deviation * _normal(RESAMPLES), rows)
    return {name: found[name] for name in names if name in found}


def _by_classes(
    names: Sequence[str], labels: Array, new: Array, old: Array
) -> dict[str, Improvement]:
    size = max(int(labels.max()) + 1, class_count(new), class_count(old))
    cells: Array = np.zeros(0, int)
    counts: Array = np.zeros(0)
    for part in parts(len(labels)):
        places = labels[part].astype(int), classes_of(new[part]), classes_of(old[part])
        found, times = np.unique(np.ravel_multi_index(places, (size,) * 3), return_counts=True)
        cells, where = np.unique(np.append(cells, found), return_inverse=True)
        counts = np.bincount(where, np.append(counts, times))
    true, candidates, champions = (
        each.astype(float) for each in np.unravel_index(cells, (size,) * 3)
    )
    candidate, champion = (prepare(names, true, each) for each in (candidates, champions))
    return resample(candidate, champion, names, true, counts=counts)


def _deviation(name: str, labels: Array, new: Array, old: Array) -> float:
    """The standard deviation of the difference; NaN where the metric is undefined."""
    if name == "AUC":
        return _by_delong(labels, new, old)
    added, taken = (_added(name, labels, predictions) for predictions in (new, old))
    return float(np.sqrt(_variance(len(labels), lambda part: added(part) - taken(part))))


def _by_delong(labels: Array, new: Array, old: Array) -> float:
    positive = labels == 1
    if positive.all() or not positive.any():
        return float("nan")
    classes = ((positive, ~positive), (~positive, positive))
    return float(np.sqrt(sum(_of_class(own, others, new, old) for own, others in classes)))


def _of_class(own: Array, others: Array, new: Array, old: Array) -> float:
    """The variance that the rows of a class give to the difference of AUC.

    What a row adds is the share of the other class that it is on the right side of.
    """
    models = [(model, ascending(model[others])) for model in (new, old)]

    def differences(part: slice) -> Array:
        added, taken = (shares_below(model[part][own[part]], other) for model, other in models)
        return np.asarray(added - taken)

    return _variance(len(own), differences)


def _added(name: str, labels: Array, predictions: Array) -> Callable[[slice], Array]:
    """What the rows of a part add to the metric, but for a constant."""
    loss, factor = LOSSES[name], 1.0
    mean = mean_loss(name, labels, predictions) if name in ("RMSE", "R2") else 0.0
    if name == "RMSE" and mean:
        factor = 1 / (2 * np.sqrt(mean))
    if name != "R2":
        return lambda part: factor * loss(labels[part], predictions[part])
    around, middle = spread(labels), labels.mean()

    def added(part: slice) -> Array:
        away = mean / around * (labels[part] - middle) ** 2
        return np.asarray((away - loss(labels[part], predictions[part])) / around)

    return added


def _variance(rows: int, of_part: Callable[[slice], Array]) -> float:
    """Of the mean of what `of_part` tells of each row, or of some of its rows."""
    count, total, squares = 0, 0.0, 0.0
    for part in parts(rows):
        values = of_part(part)
        count += len(values)
        total += float(values.sum())
        squares += float(values @ values)
    return max(0.0, squares / count - (total / count) ** 2) / count


def _normal(count: int) -> Array:
    """Draws of a normal distribution as they should be, with a standard deviation of 1."""
    quantile = NormalDist().inv_cdf
    values = np.asarray([quantile((place + 0.5) / count) for place in range(count)])
    return np.asarray(values / values.std())
