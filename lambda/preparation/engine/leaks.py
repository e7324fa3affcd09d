"""Columns that tell the label all by themselves, which few honest ones do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from preparation.description import BINARY, REGRESSION
from preparation.engine.binned import BINNED, Bins
from preparation.row_split import TRAIN

_ENOUGH_ROWS = 50
_AUC = 0.97  # of the share of positive rows in each bin
_EXPLAINED = 0.97  # of the variance of the label's ranks, or of the errors of always guessing alike


def leaks(bins: Bins) -> Iterator[str]:
    """A warning for each."""
    measure, told, least = {
        BINARY: (_auc, "AUC", _AUC),
        REGRESSION: (_explained, "R\u00b2", _EXPLAINED),
    }.get(bins.task, (_told, "share of errors avoided", _EXPLAINED))
    for name, column in bins.columns.items():
        score = measure(bins, column)
        if score >= least:
            yield (
                f"Column {name!r} alone tells the label nearly, or entirely ({told} {score:.3f} in "
                f"train). If it is not known before the label is, --drop {name}."
            )


def _counts(bins: Bins, column: str) -> dict[int, dict[int, int]]:
    """Rows of train by bin and class; nothing when they are few."""
    counts: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for place, class_, rows in bins.database.rows(
        f"SELECT {column}, target, count(*) FROM {BINNED} WHERE channel = '{TRAIN}' GROUP BY ALL"
    ):
        counts[place][class_] = rows
    rows = sum(sum(classes.values()) for classes in counts.values())
    return counts if rows >= _ENOUGH_ROWS else {}


def _auc(bins: Bins, column: str) -> float:
    """Of rows ordered by the share of positive ones in their bin."""
    found = sorted(
        ((classes[0], classes[1]) for classes in _counts(bins, column).values()),
        key=lambda pair: pair[1] / sum(pair),
    )
    negatives, positives = (sum(pair[class_] for pair in found) for class_ in (0, 1))
    below, area = 0.0, 0.0
    for negative, positive in found:
        area += positive * (below + negative / 2)
        below += negative
    return area / (negatives * positives) if negatives and positives else 0


def _told(bins: Bins, column: str) -> float:
    """How many of the errors of always guessing the most frequent class are avoided by guessing the
    most frequent one of each bin."""
    counts = _counts(bins, column)
    totals: dict[int, int] = defaultdict(int)
    for classes in counts.values():
        for class_, rows in classes.items():
            totals[class_] += rows
    errors = sum(totals.values()) - max(totals.values(), default=0)
    left = sum(sum(classes.values()) - max(classes.values()) for classes in counts.values())
    return 1 - left / errors if errors else 0


def _explained(bins: Bins, column: str) -> float:
    """The share of the variance of the label's ranks that lies between the bins."""
    rows, between, whole = bins.database.row(
        "SELECT sum(n), sum(n * (mean - middle) ** 2), any_value(whole) FROM "
        f"(SELECT count(*) AS n, avg(target) AS mean FROM {BINNED} WHERE channel = '{TRAIN}' "
        f"GROUP BY {column}), (SELECT avg(target) AS middle, var_pop(target) * count(*) AS whole "
        f"FROM {BINNED} WHERE channel = '{TRAIN}')"
    )
    return float(between / whole) if (rows or 0) >= _ENOUGH_ROWS and whole else 0
