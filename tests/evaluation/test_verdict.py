"""When the candidate takes the champion's place, case by case."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from tuning.errors import EvaluationFailed
from tuning.evaluation.decision import reach_verdict
from tuning.evaluation.scores import score

from tests.evaluation.store import SINCE, LookCount, Store, scored, scored_channel
from tests.evaluation.verdicts import (
    CHANNEL,
    JOB_FAILED,
    OLD,
    ROWS,
    failed,
    labels_and_scores,
    plan,
    verdict,
)
from tests.tuning.plans import evaluated_plan, make_plan


def test_better_candidate_is_promoted_with_both_scores_and_the_reason(better: Store) -> None:
    found = verdict(better)
    assert found["Decision"] == "Promote"
    assert found["Candidate"]["Score"] > found["Champion"]["Score"]
    assert found["Champion"]["EndpointConfigName"] == "old-config"
    assert found["Rows"] == ROWS
    assert found["Reason"] == (
        "AUC 0.93 against 0.65: +0.28, between +0.20 and +0.36: better, and not by chance. The "
        "lower bound must be above the margin of 0. It holds with a confidence of 0.975, since "
        "Promotion.Confidence is 0.95 and these rows judge a candidate for this endpoint for the "
        "first time."
    )


def test_worse_candidate_does_not_replace_a_good_champion() -> None:
    labels, (new, old) = labels_and_scores(2.0, 0.5)
    found = verdict(scored_channel(labels, new=new, old=old))
    assert found["Decision"] == "Keep"
    assert found["Improvement"] < 0


def test_an_equal_candidate_is_not_better() -> None:
    labels, (same,) = labels_and_scores(0.7)
    found = verdict(scored_channel(labels, new=same, old=same))
    assert found["Decision"] == "Keep"
    assert found["Interval"] == [0, 0]


def test_lower_bound_of_the_improvement_must_be_above_the_margin(better: Store) -> None:
    low, high = verdict(better)["Interval"]
    assert verdict(better, plan(Margin=low - 0.01))["Decision"] == "Promote"
    kept = verdict(better, plan(Margin=low + 0.01))
    assert kept["Decision"] == "Keep"
    assert kept["Improvement"] > low + 0.01
    assert f": not surely above the margin of {low + 0.01:g}. " in kept["Reason"]
    missed = verdict(better, plan(Margin=high + 0.01))
    assert f": below the margin of {high + 0.01:g}. " in missed["Reason"]


def test_margin_below_zero_lets_a_candidate_in_that_is_surely_not_much_worse() -> None:
    labels, (new, old) = labels_and_scores(0.68, 0.7)
    found = scored_channel(labels, new=old, old=new)
    low, _ = verdict(found)["Interval"]
    assert verdict(found)["Improvement"] < 0
    loose: dict[str, Any] = {"Guardrails": {}}
    assert verdict(found, plan(Margin=low - 0.01, **loose))["Decision"] == "Promote"
    assert verdict(found, plan(Margin=low + 0.01, **loose))["Decision"] == "Keep"


def test_candidate_that_may_be_better_by_chance_is_kept_from_promotion() -> None:
    labels, (new, old) = labels_and_scores(0.68, 0.7)
    found = verdict(scored_channel(labels, new=new, old=old))
    assert found["Improvement"] > 0
    assert found["Interval"][0] < 0 < found["Interval"][1]
    assert found["Decision"] == "Keep"
    assert ": no better than chance. " in found["Reason"]


def test_a_lower_confidence_asks_for_less() -> None:
    labels, (new, old) = labels_and_scores(0.6, 0.7)
    store = scored_channel(labels, new=new, old=old)
    assert verdict(store)["Decision"] == "Keep"
    found = verdict(store, plan(Confidence=0.5, Guardrails={}))
    assert found["Decision"] == "Promote"
    assert found["Level"] == 0.75
    assert found["IntervalConfidence"] == 0.5


def test_the_same_rows_judge_each_candidate_more_strictly_than_the_one_before(
    better: Store,
) -> None:
    first, second, later = (verdict(better, judged=count) for count in (0, 1, 51))
    assert [each["Look"] for each in (first, second, later)] == [1, 2, 52]
    assert first["Level"] < second["Level"] < later["Level"]
    assert first["Interval"][0] > second["Interval"][0] > later["Interval"][0]
    assert later["Decision"] == "Promote"  # what is clearly better passes in any year
    assert "a confidence of 0.999982, " in later["Reason"]
    assert "judge a candidate for this endpoint after 1 other." in second["Reason"]
    assert "judge a candidate for this endpoint after 51 others." in later["Reason"]


def test_choosing_from_several_by_these_rows_counts_as_that_many(better: Store) -> None:
    chosen = evaluated_plan({"Evaluation": {"TopK": 3}}, test_channel=CHANNEL, metric_name="AUC")
    assert verdict(better, chosen)["Look"] == 3


@pytest.mark.parametrize("case", ["no champion", "champion without a score", "unusable answers"])
def test_rows_that_compare_nothing_are_not_counted(better: Store, case: str) -> None:
    looks = LookCount()
    champion = None if case == "no champion" else OLD
    old = failed(JOB_FAILED) if case == "champion without a score" else scored("old")
    if case == "unusable answers":
        better = Store({**better.objects, "s3://bucket/evaluation/old/a.csv.out": "nan\n"})
    reach_verdict(plan(), scored("new"), champion, old, better, looks)
    assert looks.taken == 0


def test_the_same_data_gives_the_same_interval(better: Store) -> None:
    assert verdict(better) == verdict(better)


def test_lower_is_better_for_a_loss(better: Store) -> None:
    found = verdict(better, plan(metric="LogLoss"))
    assert "(lower is better): improved by +" in found["Reason"]
    assert found["Candidate"]["Score"] < found["Champion"]["Score"]
    assert found["Improvement"] > 0
    assert found["Decision"] == "Promote"


def test_classes_of_many_are_compared_by_their_probabilities() -> None:
    labels = [0.0, 1.0, 2.0, 1.0] * 10
    sure = [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.2, 0.7, 0.1]] * 10
    unsure = [[0.4, 0.3, 0.3]] * 40
    found = verdict(
        scored_channel(labels, new=sure, old=unsure), plan("MulticlassClassification", "F1macro")
    )
    assert found["Candidate"]["Score"] == 1
    assert found["Decision"] == "Promote"
    assert "LogLoss" in found["Champion"]["Metrics"]


def test_first_model_is_promoted(better: Store) -> None:
    found = verdict(better, champion=None)
    assert found["Decision"] == "Promote"
    assert "no endpoint yet" in found["Reason"]
    assert "Champion" not in found


def test_verdict_names_the_state_of_the_data(better: Store) -> None:
    data = verdict(better)["DataVersion"]
    assert [entry["Key"] for entry in data["Objects"]] == [
        "data/test/a.csv",
        "data/test/more/b.csv",
    ]
    assert data["Objects"][0]["VersionId"] == "v1"
    assert len(data["Digest"]) == 16


def test_data_written_while_models_are_scored_is_refused(better: Store) -> None:
    later = datetime.fromisoformat(SINCE) + timedelta(seconds=1)
    with pytest.raises(EvaluationFailed, match=r"a\.csv .* was written while models were scored"):
        verdict(Store(better.objects, later))


def test_label_that_is_no_number_is_named_with_its_line() -> None:
    store = scored_channel([0.0, 1.0], new=[0.1, 0.9])
    store.objects["s3://bucket/data/test/a.csv"] = "label,age\n"
    with pytest.raises(
        EvaluationFailed, match=r"Line 1 of s3://bucket/data/test/a\.csv has a label"
    ):
        verdict(store, champion=None)


def test_one_class_only_leaves_auc_undefined() -> None:
    with pytest.raises(EvaluationFailed, match="AUC is not defined"):
        verdict(scored_channel([1.0, 1.0], new=[0.1, 0.9]), champion=None)


def test_without_held_out_data_the_verdict_says_so() -> None:
    found = reach_verdict(make_plan(), None, None, None, Store(), LookCount()).to_document()
    assert found["Decision"] == "Promote"
    assert not found["HeldOut"]
    assert "not proven" in found["Reason"]


def test_candidate_without_a_score_is_not_promoted_unproven(better: Store) -> None:
    with pytest.raises(EvaluationFailed, match="The candidate has no score"):
        reach_verdict(plan(), None, OLD, scored("old"), better, LookCount())


@pytest.mark.slow
def test_interval_covers_the_true_improvement_as_often_as_it_says() -> None:
    """The bootstrap of a difference of accuracies, over data sets with a known truth."""
    covered = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        labels = random.integers(0, 2, 300).astype(float)
        right = [random.random(300) < share for share in (0.85, 0.8)]
        new, old = (np.where(r, labels, 1 - labels) for r in right)
        assert score("Accuracy", labels, new) == pytest.approx(np.mean(right[0]))
        store = scored_channel(labels.tolist(), new=new.tolist(), old=old.tolist())
        low, high = verdict(store, plan(metric="Accuracy", Confidence=0.9, Guardrails={}))[
            "Interval"
        ]
        covered += low <= 0.05 <= high
    assert 0.78 <= covered / 60 <= 0.99
