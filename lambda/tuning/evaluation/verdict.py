"""Promote the candidate, or keep the champion? One rule, and the sentence that says why.

The candidate must be better than the champion by more than Margin on the asked metric. When a
Confidence is asked for, the whole interval of the improvement must be above Margin too. A first
model has nothing to beat. A champion that cannot score the test channel is kept, unless the input
says otherwise: replacing it would change what the endpoint takes (docs/decisions/0006).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tuning.errors import EvaluationFailed
from tuning.evaluation.bootstrap import improvement_interval
from tuning.evaluation.metric_names import METRICS
from tuning.evaluation.metrics import Array, prepare
from tuning.evaluation.rule import Rule
from tuning.evaluation.scored import Scored
from tuning.variables.verdict import ChampionScore, DataVersion, Decision, ModelScore, Proven

SHOWN_CONFIDENCE = 0.95  # of the interval, when none is asked for


@dataclass(frozen=True)
class Comparison:
    """A candidate that was scored, and the rows it was scored on."""

    rule: Rule
    labels: Array
    data_version: DataVersion
    candidate: Scored

    def with_nothing(self) -> Proven:
        """The verdict when no endpoint serves a champion yet."""
        reason = (
            f"There is no endpoint yet, so nothing to beat: the candidate has "
            f"{self.rule.metric_name} {self.candidate.by(self.rule):.5g} on {len(self.labels)} "
            "held-out rows."
        )
        return self._verdict("Promote", reason)

    def with_unscored(self, champion: ChampionScore, failure: str) -> Proven:
        """The verdict when the champion, for a lasting reason, cannot score the test channel."""
        replaces = self.rule.unscored_champion == "Replace"
        advice = (
            "Promotion.UnscoredChampion is Replace, so the candidate takes its place."
            if replaces
            else "It is kept, since clients may still send what it reads. Set "
            "Promotion.UnscoredChampion to Replace, or deploy to another Endpoint.EndpointName."
        )
        reason = f"The champion cannot score the test channel: {failure.rstrip('.')}. {advice}"
        failed = champion.model_copy(update={"failure": failure})
        return self._verdict("Promote" if replaces else "Keep", reason, champion=failed)

    def with_scored(self, champion: Scored, endpoint_config: str) -> Proven:
        """The verdict on two models that scored the same rows."""
        name, confidence = self.rule.metric_name, self.rule.confidence or SHOWN_CONFIDENCE
        interval = improvement_interval(
            prepare(name, self.labels, self.candidate.predictions),
            prepare(name, self.labels, champion.predictions),
            rows=len(self.labels),
            sign=self.rule.sign,
            confidence=confidence,
        )
        if interval is None:
            rows = len(self.labels)
            raise EvaluationFailed(f"{name} is undefined in every resample of {rows} rows.")
        improvement = self.rule.sign * (self.candidate.by(self.rule) - champion.by(self.rule))
        decision, reason = self._judge(champion, improvement, interval)
        return self._verdict(
            decision,
            reason,
            champion=ChampionScore(
                endpoint_config_name=endpoint_config,
                model_name=champion.model_name,
                score=champion.by(self.rule),
                metrics=dict(champion.metrics),
            ),
            improvement=improvement,
            interval=interval,
            interval_confidence=confidence,
        )

    def _judge(
        self, champion: Scored, improvement: float, interval: tuple[float, float]
    ) -> tuple[Decision, str]:
        rule, margin = self.rule, f"{self.rule.margin:g}"
        scores = (
            f"{rule.metric_name} is {self.candidate.by(rule):.5g} of the candidate and "
            f"{champion.by(rule):.5g} of the champion, an improvement of {improvement:+.3g}"
        )
        if improvement <= rule.margin:
            return "Keep", f"{scores}. It must be above the margin of {margin}."
        if rule.confidence is None:
            return "Promote", f"{scores}, above the margin of {margin}."
        sure = f"{rule.confidence:g} confidence it is {interval[0]:+.3g} to {interval[1]:+.3g}"
        if interval[0] <= rule.margin:
            return "Keep", f"{scores}, but with {sure}. All of that must be above {margin}."
        return "Promote", f"{scores}; with {sure}, all of it above {margin}."

    def _verdict(self, decision: Decision, reason: str, **against: Any) -> Proven:
        """`against` are the fields that tell of the champion."""
        rule, candidate = self.rule, self.candidate
        return Proven(
            decision=decision,
            reason=reason,
            metric_name=rule.metric_name,
            type=METRICS[rule.metric_name].type,
            margin=rule.margin,
            confidence=rule.confidence,
            rows=len(self.labels),
            candidate=ModelScore(
                model_name=candidate.model_name,
                score=candidate.by(rule),
                metrics=dict(candidate.metrics),
            ),
            data_version=self.data_version,
            **against,
        )
