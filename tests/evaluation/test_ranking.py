"""A ranking is judged by its queries, on a copy of its rows that models can read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
import xgboost
from tuning.data.s3_location import S3Location
from tuning.errors import EvaluationFailed
from tuning.evaluation.bootstrap import resample
from tuning.evaluation.decision import reach_verdict
from tuning.evaluation.metrics import prepare
from tuning.evaluation.rows_for_models import copy_rows
from tuning.evaluation.scores import all_scores
from tuning.variables.champion import Champion
from tuning.variables.evaluation_plan import EvaluationPlan
from tuning.variables.plan import Plan
from tuning.variables.verdict import Proven

from tests.evaluation.store import WRITTEN, LookCount, Store, scored
from tests.tuning.plans import evaluated_plan

QUERIES, EACH = 60, 8
CHANNEL, COPY = "s3://bucket/data/test/", "s3://bucket/evaluation/rows/"
QUERY = np.repeat(np.arange(QUERIES), EACH)


def relevance(highest: int) -> Any:
    return np.random.default_rng(4).integers(0, highest + 1, QUERIES * EACH).astype(float)


def noisy(labels: Any, noise: float, seed: int = 7) -> Any:
    return labels + np.random.default_rng(seed).normal(scale=noise, size=len(labels))


@pytest.mark.parametrize(("metric", "name", "highest"), [("ndcg", "NDCG", 4), ("map", "MAP", 1)])
def test_metric_is_xgboosts(metric: str, name: str, highest: int) -> None:
    labels = relevance(highest)
    labels[:EACH] = 0  # a query without a relevant row
    features = noisy(labels, 2).reshape(-1, 1)
    rows = xgboost.DMatrix(features, label=labels, qid=QUERY)
    found: dict[str, Any] = {}
    parameters = {"objective": "rank:pairwise", "eval_metric": metric, "max_depth": 6}
    model = xgboost.train(
        parameters, rows, 40, evals=[(rows, "rows")], evals_result=found, verbose_eval=False
    )
    noise = noisy(np.zeros(len(labels)), 1e-4)  # no two rows are scored alike
    model_scores = model.predict(rows, output_margin=True)
    again = xgboost.DMatrix(features, label=labels, qid=QUERY, base_margin=noise + model_scores)
    constant = xgboost.train({**parameters, "max_depth": 0, "eta": 0}, again, 0)
    theirs = float(constant.eval(again).rsplit(":", 1)[-1])
    ours = all_scores("Ranking", labels, constant.predict(again), QUERY)
    assert ours[name] == pytest.approx(theirs, abs=1e-6)


def test_rows_that_a_model_scores_alike_are_ordered_by_chance() -> None:
    """The best come first in the file: for XGBoost a model that knows nothing would be perfect."""
    labels = np.tile(np.arange(EACH)[::-1], QUERIES).astype(float)
    scores = all_scores("Ranking", labels, np.zeros(len(labels)), QUERY)
    shuffled = all_scores("Ranking", labels, noisy(np.zeros(len(labels)), 1), QUERY)
    assert scores["NDCG"] == pytest.approx(shuffled["NDCG"], abs=0.05)
    assert scores["NDCG"] < 0.8


def test_rows_of_a_query_need_not_stand_together() -> None:
    labels, mixed = relevance(4), np.random.default_rng(1).permutation(QUERIES * EACH)
    scores = noisy(labels, 1)
    assert all_scores("Ranking", labels, scores, QUERY) == pytest.approx(
        all_scores("Ranking", labels[mixed], scores[mixed], QUERY[mixed])
    )


def test_whole_queries_are_drawn() -> None:
    labels = relevance(4)
    new, old = (prepare(["NDCG"], labels, noisy(labels, n), QUERY) for n in (1, 2))
    improvement = resample(new, old, ["NDCG"], labels, QUERY)["NDCG"]
    assert improvement.rows == QUERIES
    low, high = improvement.interval(0.95)
    assert 0 < low < improvement.value < high


def line(label: float, query: object) -> str:
    return f"{label:g} qid:{query} 0:1.5 3:2"


@dataclass
class WritingStore(Store):
    """Keeps what is written."""

    def write_lines(self, location: S3Location, lines: Iterable[bytes]) -> None:
        self.objects[str(location)] = "".join(f"{each.decode()}\n" for each in lines)


def channel(labels: Any) -> WritingStore:
    rows = [line(label, query) for label, query in zip(labels, QUERY, strict=True)]
    half = len(rows) // 2
    store = WritingStore()
    store.objects |= {
        f"{CHANNEL}a": "\n".join(rows[:half]),
        f"{CHANNEL}more/b": "\n".join(rows[half:]),
    }
    return store


def plan() -> Plan:
    return evaluated_plan(
        {},
        problem_type="Ranking",
        metric_name="NDCG",
        test_channel=CHANNEL,
        rows_without_queries=COPY,
        transform_input={
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": COPY}},
            "ContentType": "text/libsvm",
        },
    )


def evaluation() -> EvaluationPlan:
    found = plan().evaluation
    assert found
    return found


def predict(store: Store, labels: Any, **noise: float) -> None:
    half = len(labels) // 2
    for model, size in noise.items():
        scores = noisy(labels, size)
        for name, part in (("a", scores[:half]), ("more/b", scores[half:])):
            text = "".join(f"{value}\n" for value in part)
            store.objects[f"s3://bucket/evaluation/{model}/{name}.out"] = text


def verdict(store: Store) -> Proven:
    champion = Champion(endpoint_config_name="old-config", model_name="old")
    found = reach_verdict(plan(), scored("new"), champion, scored("old"), store, LookCount())
    assert isinstance(found, Proven)
    return found


def test_models_are_given_the_rows_without_their_queries() -> None:
    store = channel(relevance(4))
    copy_rows(evaluation(), store)
    assert store.objects[f"{COPY}a"].splitlines()[0] == f"{relevance(4)[0]:g} 0:1.5 3:2"
    assert len(store.objects[f"{COPY}more/b"].splitlines()) == QUERIES * EACH // 2


def test_what_has_not_changed_is_not_copied_again() -> None:
    store = channel(relevance(4))
    copy_rows(evaluation(), store)
    store.objects[f"{COPY}a"] = "as it was"
    copy_rows(evaluation(), store)
    assert store.objects[f"{COPY}a"] == "as it was"


@pytest.mark.parametrize(("noise", "decision"), [(0.5, "Promote"), (2.0, "Keep")])
def test_better_ranking_is_promoted(noise: float, decision: str) -> None:
    labels = relevance(4)
    store = channel(labels)
    copy_rows(evaluation(), store)
    predict(store, labels, new=noise, old=2)
    found = verdict(store)
    assert found.decision == decision
    assert found.metric_name == "NDCG"
    assert found.rows == QUERIES * EACH
    assert [guard.metric_name for guard in found.guardrails] == ["MAP"]


def test_row_without_a_query_cannot_be_judged() -> None:
    store = channel(relevance(4))
    store.objects[f"{CHANNEL}a"] = "1 qid:1 0:1\n0 0:1"
    with pytest.raises(EvaluationFailed, match=r"Line 2 of s3://bucket/data/test/a has no qid"):
        verdict(store)


def test_rows_that_changed_after_they_were_copied_judge_nothing() -> None:
    """The models have predicted the older ones, although their jobs were started later."""
    labels = relevance(4)
    store = channel(labels)
    copy_rows(evaluation(), store)
    predict(store, labels, new=1, old=2)
    store.later[f"{CHANNEL}a"] = WRITTEN + timedelta(minutes=1)
    with pytest.raises(EvaluationFailed, match="was written while models were scored"):
        verdict(store)
