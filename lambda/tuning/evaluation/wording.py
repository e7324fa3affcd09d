"""The sentences of a verdict, for people who have never heard of a bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from tuning.evaluation.metric_names import METRICS
from tuning.evaluation.rule import Rule
from tuning.variables.verdict import Guardrail, SliceGuardrail

_TOLD = 3  # groups of rows
_MOST_PLACES = 8


def headline(
    rule: Rule, candidate: float, champion: float, interval: tuple[float, float], ending: str
) -> str:
    """`AUC 0.7812 against 0.7810: +0.0002, between -0.0043 and +0.0047: no better than chance`."""
    places = _telling_places(interval, rule.margin)
    low, high = (_signed(bound, places) for bound in interval)
    sign = METRICS[rule.metric_name].sign
    change = _signed(sign * (candidate - champion), places)
    direction = "" if sign == 1 else " (lower is better)"
    return (
        f"{rule.metric_name} {candidate:.{places}f} against {champion:.{places}f}{direction}: "
        f"{'improved by ' if direction else ''}{change}, between {low} and {high}: {ending}"
    )


def comparison(interval: tuple[float, float], margin: float) -> str:
    """What the interval says of the improvement that is asked for."""
    low, high = interval
    if low > margin:
        if margin == 0:
            return "better, and not by chance"
        return f"above the margin of {margin:g}, and not by chance"
    if margin == 0:
        return "worse" if high < 0 else "no better than chance"
    return f"{'below' if high < margin else 'not surely above'} the margin of {margin:g}"


def demand(rule: Rule, number: int, level: float) -> str:
    """How sure the candidate must be, and why."""
    if number == 1:
        times = "for the first time"
    else:
        times = f"after {number - 1} other{'' if number == 2 else 's'}"
    return (
        f"The lower bound must be above the margin of {rule.margin:g}. It holds with a confidence "
        f"of {level:.6g}, since Promotion.Confidence is {rule.confidence:g} and these rows judge a "
        f"candidate for this endpoint {times}."
    )


def worse_in(broken: Sequence[Guardrail]) -> str:
    """`worse in F1 and for region = 2`: metrics and groups of rows, the first ones."""
    metrics = [guard.metric_name for guard in broken if not isinstance(guard, SliceGuardrail)]
    groups = [guard.group for guard in broken if isinstance(guard, SliceGuardrail)]
    parts = (("in", metrics), ("for", groups))
    return "worse " + " and ".join(f"{word} {_first(names)}" for word, names in parts if names)


def broken_guardrails(broken: Sequence[Guardrail]) -> list[str]:
    """The first metric, the others in brief, and the first groups of rows: verdict.json has all."""
    metrics = [guard for guard in broken if not isinstance(guard, SliceGuardrail)]
    groups = [guard for guard in broken if isinstance(guard, SliceGuardrail)]
    others = ", ".join(map(_in_brief, metrics[1:]))
    brief = [f"So it is with {others}."] if others else []
    return [*map(_broken, metrics[:1]), *brief, *map(_broken, groups[:_TOLD])]


def unguarded(rule: Rule, slices: Sequence[SliceGuardrail]) -> list[str]:
    """Slices of which no group could be judged: that nothing is said of them is no proof."""
    guarded = {guard.slice for guard in slices}
    return [
        f"No group of {each.title}{' that Values names' if each.values else ''} has "
        f"{each.min_rows} rows and the metric, so that none was guarded."
        for each in rule.slices
        if each.title not in guarded
    ]


def _first(names: Sequence[str]) -> str:
    more = len(names) - _TOLD
    shown = [*names[:_TOLD], *([f"{more} more"] if more > 0 else [])]
    return " and ".join(shown)


def _broken(guardrail: Guardrail) -> str:
    """`Recall went from 0.255 to 0.217, a change of -0.038, between -0.060 and -0.016: ...`."""
    name, places = guardrail.metric_name, _places(guardrail.interval)
    whose, field = name, "Guardrails"
    if isinstance(guardrail, SliceGuardrail):
        whose, field = f"{name} of the {guardrail.rows} rows with {guardrail.group}", "Slices"
    sign = METRICS[name].sign
    low, high = sorted(sign * bound for bound in guardrail.interval)
    return (
        f"{whose} went from {guardrail.champion:.{places}f} to {guardrail.candidate:.{places}f}, a "
        f"change of {_signed(sign * guardrail.improvement, places)}, between "
        f"{_signed(low, places)} and {_signed(high, places)}: worse for sure by more than the "
        f"{guardrail.tolerance * 100:g} % of it that Promotion.{field} tolerates."
    )


def _in_brief(guardrail: Guardrail) -> str:
    """`F1 (0.360 to 0.324)`."""
    places = _places(guardrail.interval)
    name, before, now = guardrail.metric_name, guardrail.champion, guardrail.candidate
    return f"{name} ({before:.{places}f} to {now:.{places}f})"


def _places(interval: tuple[float, float]) -> int:
    """Decimal places that show two digits of the interval's width."""
    width = interval[1] - interval[0]
    return min(_MOST_PLACES, max(0, 1 - floor(log10(width)))) if width > 1e-9 else 4


def _telling_places(interval: tuple[float, float], margin: float) -> int:
    """So many that the lower bound does not look like the margin that it has to be above."""
    places = _places(interval)
    while places < _MOST_PLACES and round(interval[0], places) == round(margin, places):
        places += 1
    return places


def _signed(value: float, places: int) -> str:
    return f"{round(value, places) + 0.0:+.{places}f}"  # no -0.00
