"""Verdicts on models that are scored on rows in memory."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from tuning.evaluation.decision import reach_verdict
from tuning.variables.champion import Champion
from tuning.variables.failed_state import FailedState
from tuning.variables.plan import Plan
from tuning.variables.score import Score

from tests.evaluation.store import LookCount, Store, scored
from tests.tuning.plans import evaluated_plan

ROWS = 200
CHANNEL = "s3://bucket/data/test/"


def labels_and_scores(*noise: float) -> tuple[list[float], list[list[float]]]:
    """Labels, and scores of models that are the worse the more noise they have."""
    random = np.random.default_rng(5)
    labels = random.integers(0, 2, ROWS).astype(float)
    models = [np.clip((labels + random.normal(size=ROWS) * n + 1) / 3, 0, 1) for n in noise]
    return labels.tolist(), [model.tolist() for model in models]


def plan(problem: str = "BinaryClassification", metric: str = "AUC", **promotion: Any) -> Plan:
    return evaluated_plan(
        {"Promotion": promotion}, problem_type=problem, metric_name=metric, test_channel=CHANNEL
    )


OLD = Champion(endpoint_config_name="old-config", model_name="old")


def verdict(
    store: Store,
    the_plan: Plan | None = None,
    *,
    champion: Champion | None = OLD,
    new: Score | None = None,
    old: Score | None = None,
    judged: int = 0,
) -> dict[str, Any]:
    """Of `new` against `old`, which are scored unless they are given.

    `judged` candidates have been compared on these rows before.
    """
    scores = new or scored("new"), old or scored("old")
    reached = reach_verdict(
        the_plan or plan(), scores[0], champion, scores[1], store, LookCount(judged)
    )
    return reached.to_document()


JOB_FAILED = json.dumps(
    {"TransformJobStatus": "Failed", "FailureReason": "ClientError: feature_names mismatch"}
)


def failed(cause: str, error: str = "States.TaskFailed", model: str = "old") -> Score:
    failure = FailedState(state="ScoreModel", error=error, cause=cause)
    return Score(model_name=model, failure=failure)
