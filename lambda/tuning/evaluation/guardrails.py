"""Metrics that must not fall: a candidate may not pay for one metric with another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tuning.evaluation.bootstrap import Improvement
from tuning.evaluation.rule import Rule
from tuning.evaluation.scored import Scored
from tuning.variables.verdict import Guardrail

CONFIDENCE = 0.95  # one-sided: what is worse with less of it may be chance


def guarded_metrics(rule: Rule, candidate: Scored, champion: Scored) -> list[str]:
    """Those of the rule's guardrails that both models have: labels alone tell no LogLoss."""
    return [name for name in rule.guardrails if name in candidate.metrics.keys() & champion.metrics]


def guardrails(
    rule: Rule, candidate: Scored, champion: Scored, improvements: Mapping[str, Improvement]
) -> Iterator[Guardrail]:
    """Each guarded metric; it is broken when the fall is more than tolerated for sure."""
    for name in guarded_metrics(rule, candidate, champion):
        if name not in improvements:  # undefined in every draw
            continue
        tolerance, value = rule.guardrails[name], champion.metrics[name]
        interval = improvements[name].interval(CONFIDENCE)
        yield Guardrail(
            metric_name=name,
            tolerance=tolerance,
            candidate=candidate.metrics[name],
            champion=value,
            improvement=improvements[name].value,
            interval=interval,
            broken=interval[1] < -tolerance * abs(value),
        )
