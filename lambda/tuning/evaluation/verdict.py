"""Promote the candidate, or keep the champion? One rule, and the sentence that says why.

The candidate must be better than the champion by more than Margin on the asked metric. When a
Confidence is asked for, the whole interval of the improvement must be above Margin too. A first
model has nothing to beat. A champion that cannot score the test channel is kept, unless the input
says otherwise: replacing it would change what the endpoint takes (docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuning.errors import EvaluationFailed
from tuning.evaluation.bootstrap import improvement_interval
from tuning.evaluation.metric_names import BINARY, METRICS, REGRESSION
from tuning.evaluation.metrics import Array, all_scores, prepare
from tuning.evaluation.predictions import as_array
from tuning.execution_input.evaluation import Promotion
from tuning.variables.evaluation_plan import EvaluationPlan

PROMOTE, KEEP = "Promote", "Keep"
SHOWN_CONFIDENCE = 0.95  # of the interval, when none is asked for


@dataclass(frozen=True)
class Rule:
    """What a candidate must reach; the plan's Evaluation and Promotion."""

    problem_type: str
    metric_name: str
    margin: float = 0.0
    confidence: float | None = None
    unscored_champion: str = KEEP  # or Replace

    @classmethod
    def of(cls, evaluation: EvaluationPlan, promotion: Promotion) -> Rule:
        return cls(
            evaluation.problem_type,
            evaluation.metric_name,
            promotion.margin,
            promotion.confidence,
            promotion.unscored_champion,
        )

    @property
    def sign(self) -> int:
        return 1 if METRICS[self.metric_name].type == "Maximize" else -1


@dataclass(frozen=True)
class Scored:
    """A model and its predictions, one list a row of the test channel."""

    model_name: str
    predictions: Array
    metrics: Mapping[str, float]

    @classmethod
    def of(cls, name: str, rows: list[list[float]], labels: Array, rule: Rule) -> Scored:
        """Raises ValueError, in words, when the metric cannot be computed."""
        predictions = as_array(rows, len(labels))
        _check_classes(labels, predictions, rule)
        metrics = all_scores(rule.problem_type, labels, predictions)
        if rule.metric_name not in metrics:
            raise ValueError(f"{rule.metric_name} is not defined for its predictions and labels")
        return cls(name, predictions, metrics)

    def to_document(self, rule: Rule) -> dict[str, Any]:
        return {
            "ModelName": self.model_name,
            "Score": self.metrics[rule.metric_name],
            "Metrics": dict(self.metrics),
        }


def _check_classes(labels: Array, predictions: Array, rule: Rule) -> None:
    if rule.problem_type == REGRESSION:
        if predictions.ndim != 1:
            raise ValueError("there are several values a row where regression has one")
        return
    if ((labels < 0) | (labels % 1 != 0)).any():
        raise ValueError("not every label is a whole number from 0")
    if rule.problem_type == BINARY and (predictions.ndim != 1 or labels.max() > 1):
        raise ValueError("two classes need labels of 0 and 1, and one prediction a row")
    if (predictions < 0).any() or (rule.problem_type == BINARY and (predictions > 1).any()):
        raise ValueError("not every prediction is a probability or a class")
    if predictions.ndim == 2 and labels.max() >= predictions.shape[1]:
        raise ValueError("there are labels of classes that it does not know")


def first_model(rule: Rule, candidate: Scored, rows: int) -> dict[str, Any]:
    """The verdict when no endpoint serves a champion yet."""
    reason = (
        f"There is no endpoint yet, so nothing to beat: the candidate has {rule.metric_name} "
        f"{candidate.metrics[rule.metric_name]:.5g} on {rows} held-out rows."
    )
    return _verdict(PROMOTE, reason, rule, candidate, rows)


def unscored(
    rule: Rule, candidate: Scored, rows: int, champion: Mapping[str, Any], failure: str
) -> dict[str, Any]:
    """The verdict when the champion, for a lasting reason, cannot score the test channel."""
    replaces = rule.unscored_champion == "Replace"
    advice = (
        "Promotion.UnscoredChampion is Replace, so the candidate takes its place."
        if replaces
        else "It is kept, since clients may still send what it reads. Set "
        "Promotion.UnscoredChampion to Replace, or deploy to another Endpoint.EndpointName."
    )
    reason = f"The champion cannot score the test channel: {failure.rstrip('.')}. {advice}"
    decision = PROMOTE if replaces else KEEP
    document = _verdict(decision, reason, rule, candidate, rows)
    return {**document, "Champion": {**champion, "Failure": failure}}


def compare(
    rule: Rule, labels: Array, candidate: Scored, champion: Scored, endpoint_config: str
) -> dict[str, Any]:
    """The verdict on two models that scored the same rows."""
    name, confidence = rule.metric_name, rule.confidence or SHOWN_CONFIDENCE
    improvement = rule.sign * (candidate.metrics[name] - champion.metrics[name])
    interval = improvement_interval(
        prepare(name, labels, candidate.predictions),
        prepare(name, labels, champion.predictions),
        rows=len(labels),
        sign=rule.sign,
        confidence=confidence,
    )
    if interval is None:
        raise EvaluationFailed(f"{name} is undefined in every resample of {len(labels)} rows.")
    decision, reason = _judge(rule, candidate, champion, improvement, interval)
    return {
        **_verdict(decision, reason, rule, candidate, len(labels)),
        "Champion": {**champion.to_document(rule), "EndpointConfigName": endpoint_config},
        "Improvement": improvement,
        "Interval": list(interval),
        "IntervalConfidence": confidence,
    }


def _judge(
    rule: Rule,
    candidate: Scored,
    champion: Scored,
    improvement: float,
    interval: tuple[float, float],
) -> tuple[str, str]:
    name, margin = rule.metric_name, f"{rule.margin:g}"
    scores = (
        f"{name} is {candidate.metrics[name]:.5g} of the candidate and "
        f"{champion.metrics[name]:.5g} of the champion, an improvement of {improvement:+.3g}"
    )
    if improvement <= rule.margin:
        return KEEP, f"{scores}. It must be above the margin of {margin}."
    if rule.confidence is None:
        return PROMOTE, f"{scores}, above the margin of {margin}."
    sure = f"{rule.confidence:g} confidence it is {interval[0]:+.3g} to {interval[1]:+.3g}"
    if interval[0] <= rule.margin:
        return KEEP, f"{scores}, but with {sure}. All of that must be above {margin}."
    return PROMOTE, f"{scores}; with {sure}, all of it above {margin}."


def _verdict(
    decision: str, reason: str, rule: Rule, candidate: Scored, rows: int
) -> dict[str, Any]:
    return {
        "Decision": decision,
        "Reason": reason,
        "HeldOut": True,
        "MetricName": rule.metric_name,
        "Type": METRICS[rule.metric_name].type,
        "Margin": rule.margin,
        **({"Confidence": rule.confidence} if rule.confidence else {}),
        "Rows": rows,
        "Candidate": candidate.to_document(rule),
    }
