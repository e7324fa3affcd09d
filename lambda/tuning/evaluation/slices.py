"""Groups of rows that a candidate must not be worse for: slices of the test channel.

Of many groups one is worse by luck. So they share the chance of 1 - CONFIDENCE that a candidate
which is no worse for any of them is kept out (S. Holm, A simple sequentially rejective multiple
test procedure, Scand. J. Statist. 6, 1979): with m groups each is judged at 1/m of it, those that
remain when some are broken at their larger part, and so on. It asks nothing of how groups depend on
each other, which overlap where there are several columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tuning.evaluation.bootstrap import Improvement
from tuning.evaluation.guardrails import CONFIDENCE
from tuning.evaluation.improvements import improvements
from tuning.evaluation.losses import Array
from tuning.evaluation.scored import Scored
from tuning.evaluation.scores import score
from tuning.execution_input.evaluation import Slice
from tuning.variables.verdict import SliceGuardrail

MAX_GROUPS = 20  # of a column: the largest


@dataclass(frozen=True, eq=False)
class Group:
    """The rows with one value of a column. Only a group of many has its value shown."""

    slice: Slice
    value: float  # NaN: the cell is empty
    rows: Array  # their numbers

    @property
    def name(self) -> str:
        return f"{self.slice.title} = {'missing' if np.isnan(self.value) else f'{self.value:g}'}"


def groups_of(slice_: Slice, column: Array) -> list[Group]:
    """The largest groups of a column, or those whose values the input names."""
    values, numbers, counts = np.unique(column, return_inverse=True, return_counts=True)
    named = slice_.values
    found = [
        Group(slice_, float(values[index]), np.flatnonzero(numbers == index))
        for index in np.argsort(-counts, kind="stable")
        if counts[index] >= slice_.min_rows and (named is None or values[index] in named)
    ]
    return found[:MAX_GROUPS]


@dataclass(frozen=True, eq=False)
class _Judged:
    """A group in which both models have the metric."""

    group: Group
    candidate: float
    champion: float
    improvement: Improvement

    def is_broken(self, level: float) -> bool:
        limit = -self.group.slice.tolerance * abs(self.champion)
        return self.improvement.interval(level)[1] < limit


@dataclass(frozen=True)
class Sliced:
    """The rows' labels and columns, by which `slices` group them."""

    slices: Sequence[Slice]
    labels: Array
    columns: Mapping[int, Array]

    def guardrails(
        self, metric_name: str, candidate: Scored, champion: Scored
    ) -> tuple[SliceGuardrail, ...]:
        """Each group in which the metric is defined for both models; those broken come first.

        `metric_name` is the one that decides, for slices that name none.
        """
        judged = [
            each
            for slice_ in self.slices
            for group in groups_of(slice_, self.columns[slice_.column])
            if (each := _judge(group, metric_name, self.labels, candidate, champion)) is not None
        ]
        return tuple(_told(*each, metric_name) for each in _by_holm(judged))

    def coverage(self, guardrails: Sequence[SliceGuardrail]) -> tuple[str, ...]:
        """`region: 5 of 8 groups, 960 of 1000 rows`: of each slice what guardrails were for."""
        return tuple(self._covered(slice_, guardrails) for slice_ in self.slices)

    def _covered(self, slice_: Slice, guardrails: Sequence[SliceGuardrail]) -> str:
        mine = [guard for guard in guardrails if guard.slice == slice_.title]
        groups = len(slice_.values or np.unique(self.columns[slice_.column]))
        rows = sum(guard.rows for guard in mine)
        return f"{slice_.title}: {len(mine)} of {groups} groups, {rows} of {len(self.labels)} rows"


def _told(each: _Judged, level: float, broken: bool, metric_name: str) -> SliceGuardrail:
    slice_ = each.group.slice
    return SliceGuardrail(
        slice=slice_.title,
        group=each.group.name,
        rows=len(each.group.rows),
        metric_name=slice_.metric_name or metric_name,
        tolerance=slice_.tolerance,
        candidate=each.candidate,
        champion=each.champion,
        improvement=each.improvement.value,
        interval=each.improvement.interval(level),
        level=level,
        broken=broken,
    )


def _judge(
    group: Group, metric_name: str, labels: Array, candidate: Scored, champion: Scored
) -> _Judged | None:
    name, rows = group.slice.metric_name or metric_name, group.rows
    if name not in candidate.metrics.keys() & champion.metrics.keys():
        return None
    own, new, old = labels[rows], candidate.predictions[rows], champion.predictions[rows]
    improvement = improvements([name], own, new, old).get(name)
    if improvement is None or not np.isfinite(improvement.value):
        return None
    return _Judged(group, score(name, own, new), score(name, own, old), improvement)


def _by_holm(judged: list[_Judged]) -> Iterator[tuple[_Judged, float, bool]]:
    """Each with the level it was judged at last, and whether it is broken there."""
    remaining = judged
    while remaining:
        level = 1 - (1 - CONFIDENCE) / len(remaining)
        broken = [each for each in remaining if each.is_broken(level)]
        yield from ((each, level, True) for each in broken)
        remaining = [each for each in remaining if each not in broken]
        if not broken:
            yield from ((each, level, False) for each in remaining)
            return
