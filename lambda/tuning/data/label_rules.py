"""Which labels an objective takes.

What the container's library refuses, in the words of no one row: every training job would fail.
A rule is named in `label_rules` of an algorithm's file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tuning.algorithms.valid_range import is_whole

_HIGHEST_RELEVANCE = 31  # of ranking by gains of 2^label - 1: ranking_utils.h of XGBoost


@dataclass(frozen=True)
class LabelRule:
    """`needs` is half a sentence: it needs ... `is_class`: labels stand for classes."""

    needs: str
    takes: Callable[[Decimal], bool]
    is_class: bool = False


def find_label_rule(name: str | None, num_class: str | None) -> LabelRule | None:
    """None where any number will do, or where `num_class` is not given and belongs to the rule."""
    if name == "below_num_class":
        return _whole(int(num_class) - 1, is_class=True) if num_class else None
    return _RULES[name] if name else None


def _whole(highest: int, *, is_class: bool) -> LabelRule:
    return LabelRule(
        f"whole numbers from 0 to {highest}",
        lambda value: is_whole(value) and 0 <= value <= highest,
        is_class,
    )


_RULES = {
    "zero_or_one": _whole(1, is_class=True),
    "zero_to_one": LabelRule("numbers from 0 to 1", lambda value: 0 <= value <= 1),
    "not_negative": LabelRule("numbers of 0 or more", lambda value: value >= 0),
    "positive": LabelRule("numbers above 0", lambda value: value > 0),
    "above_minus_one": LabelRule("numbers above -1", lambda value: value > -1),
    "relevance": _whole(_HIGHEST_RELEVANCE, is_class=False),
    "binary_relevance": _whole(1, is_class=False),
}
