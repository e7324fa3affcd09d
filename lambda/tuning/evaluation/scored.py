"""A model with its predictions of the test channel and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tuning.evaluation.losses import Array
from tuning.evaluation.metric_names import BINARY, RANKING, REGRESSION
from tuning.evaluation.rule import Rule
from tuning.evaluation.scores import all_scores


@dataclass(frozen=True)
class Scored:
    """A model and its predictions of the rows of the test channel."""

    model_name: str
    predictions: Array
    metrics: Mapping[str, float]

    @classmethod
    def of(
        cls,
        name: str,
        predictions: Array,
        labels: Array,
        rule: Rule,
        queries: Array | None = None,
    ) -> Scored:
        """Raises ValueError, in words, when the metric cannot be computed."""
        _check_classes(labels, predictions, rule)
        metrics = all_scores(rule.problem_type, labels, predictions, queries)
        if rule.metric_name not in metrics:
            raise ValueError(f"{rule.metric_name} is not defined for its predictions and labels")
        return cls(name, predictions, metrics)

    def by(self, rule: Rule) -> float:
        """The metric that decides."""
        return self.metrics[rule.metric_name]


def _check_classes(labels: Array, predictions: Array, rule: Rule) -> None:
    if rule.problem_type in (REGRESSION, RANKING):
        if predictions.ndim != 1:
            kind = rule.problem_type.lower()
            raise ValueError(f"there are several values a row where {kind} has one")
        return
    if ((labels < 0) | (labels % 1 != 0)).any():
        raise ValueError("not every label is a whole number from 0")
    if rule.problem_type == BINARY and (predictions.ndim != 1 or labels.max() > 1):
        raise ValueError("two classes need labels of 0 and 1, and one prediction a row")
    if (predictions < 0).any() or (rule.problem_type == BINARY and (predictions > 1).any()):
        raise ValueError("not every prediction is a probability or a class")
    if predictions.ndim == 2 and labels.max() >= predictions.shape[1]:
        raise ValueError("there are labels of classes that it does not know")
