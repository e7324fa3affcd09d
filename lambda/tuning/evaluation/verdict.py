"""Promote the candidate, or keep the champion? One rule, and the sentences that say why.

The candidate must be better than the champion by more than Margin on the asked metric, and so must
be the lower bound of the improvement, at a level that rises each time that the same rows judge
(looks.py). No guardrail may break, neither of a metric nor of a group of rows (slices.py). A first
model has nothing to beat. A champion that cannot score the test channel is kept, unless the input
says otherwise: replacing it would change what the endpoint takes (docs/decisions/0006). Why the
rule is as it is: docs/decisions/0015 and 0020.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tuning.errors import EvaluationFailed
from tuning.evaluation.answers import compare
from tuning.evaluation.bootstrap import Improvement
from tuning.evaluation.guardrails import guarded_metrics, guardrails
from tuning.evaluation.improvements import improvements
from tuning.evaluation.looks import level_of
from tuning.evaluation.losses import Array
from tuning.evaluation.metric_names import METRICS
from tuning.evaluation.rule import Rule
from tuning.evaluation.scored import Scored
from tuning.evaluation.slices import Sliced
from tuning.evaluation.wording import (
    broken_guardrails,
    comparison,
    demand,
    headline,
    unguarded,
    worse_in,
)
from tuning.variables.answers import Answers
from tuning.variables.verdict import ChampionScore, DataVersion, Decision, ModelScore, Proven


@dataclass(frozen=True)
class Comparison:
    """A candidate that was scored, and the rows it was scored on."""

    rule: Rule
    labels: Array
    data_version: DataVersion
    candidate: Scored
    sliced: Sliced
    queries: Array | None = None  # of a ranking, the query of each row

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

    def with_scored(self, champion: Scored, endpoint_config: str, look: int) -> Proven:
        """The verdict on two models that scored the same rows, which judge for the `look`th time.

        Raises EvaluationFailed when the metric is undefined in every draw of them.
        """
        rule, improvements = self.rule, self._improvements(champion)
        if rule.metric_name not in improvements:
            rows = len(self.labels)
            raise EvaluationFailed(
                f"{rule.metric_name} is undefined in every resample of {rows} rows."
            )
        level = level_of(look, rule.confidence)
        interval = improvements[rule.metric_name].interval(level)
        guards = tuple(guardrails(rule, self.candidate, champion, improvements))
        slices = self.sliced.guardrails(rule.metric_name, self.candidate, champion)
        coverage = self.sliced.coverage(slices)
        broken = [guard for guard in (*guards, *slices) if guard.broken]
        ending = comparison(interval, rule.margin)
        if interval[0] > rule.margin and broken:
            ending += f", but {worse_in(broken)}"
        scores = self.candidate.by(rule), champion.by(rule)
        sentences = [
            f"{headline(rule, *scores, interval, ending)}.",
            demand(rule, look, level),
            *broken_guardrails(broken),
            *unguarded(rule, slices),
        ]
        decision: Decision = "Promote" if interval[0] > rule.margin and not broken else "Keep"
        return self._verdict(
            decision,
            " ".join(sentences),
            champion=ChampionScore(
                endpoint_config_name=endpoint_config,
                model_name=champion.model_name,
                score=champion.by(rule),
                metrics=dict(champion.metrics),
                answers=self._answers(champion),
            ),
            improvement=improvements[rule.metric_name].value,
            interval=interval,
            interval_confidence=2 * level - 1,
            look=look,
            level=level,
            guardrails=guards,
            slices=slices,
            slice_coverage=coverage,
        )

    def _answers(self, model: Scored) -> Answers | None:
        return compare(self.rule.problem_type, self.labels, model.predictions)

    def _improvements(self, champion: Scored) -> dict[str, Improvement]:
        """Of the metric that decides and of those that are guarded."""
        guarded = guarded_metrics(self.rule, self.candidate, champion)
        names = [self.rule.metric_name, *guarded]
        models = self.candidate.predictions, champion.predictions
        return improvements(names, self.labels, *models, self.queries)

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
                answers=self._answers(candidate),
            ),
            data_version=self.data_version,
            **against,
        )
