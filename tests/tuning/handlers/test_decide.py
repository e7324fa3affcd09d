"""Decide: which score is whose, and where the verdict is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest
from tuning.aws.run_folder import RunFolder
from tuning.errors import EvaluationFailed
from tuning.handlers.decide import handler
from tuning.variables.champion import Champion
from tuning.variables.failed_state import FailedState
from tuning.variables.score import Score

from tests.tuning.account import Account
from tests.tuning.channel_store import ROWS, store
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION, evaluated_plan, make_plan

GOOD, POOR = [0.1, 0.9, 0.2, 0.8], [0.9, 0.4, 0.8, 0.7]
CHAMPION = Champion(endpoint_config_name="old-config", model_name="old")
AFTER = "2100-01-01T00:00:00.000Z"  # than the test channel was written


def scored(account: Account, name: str, predictions: list[float]) -> dict[str, Any]:
    """What ScoreModel leaves of a model, beside what its transform job wrote."""
    account.put("data/test/rows.csv", "0,5\n1,6\n0,7\n1,8\n")
    account.put(f"scores/{name}/rows.csv.out", "".join(f"{value}\n" for value in predictions))
    output = f"s3://{account.bucket}/scores/{name}/"
    return Score(model_name=name, transform_output=output, since=AFTER).to_document()


# Four rows cannot make anybody sure.
UNSURE = {"Promotion": {"Confidence": 0.5, "Guardrails": {}}}


def decide(*scores: dict[str, Any], **payload: Any) -> dict[str, Any]:
    event = {
        "Plan": evaluated_plan(UNSURE).to_document(),
        "ModelName": "new",
        "Champion": CHAMPION.to_document(),
        "Scores": list(scores),
    }
    return handler({**event, **payload}, CONTEXT)


def test_candidate_is_weighed_against_the_champion_whatever_the_order_of_scores(
    account: Account,
) -> None:
    new, old = scored(account, "new", GOOD), scored(account, "old", POOR)
    for scores in ((new, old), (old, new)):
        decided = decide(*scores)
        verdict = decided["Verdict"]
        assert (verdict["Candidate"]["ModelName"], verdict["Champion"]["ModelName"]) == (
            "new",
            "old",
        )
        assert verdict["Decision"] == "Promote"
        assert decided["Candidate"] == new


def test_verdict_is_kept_in_the_executions_folder(account: Account) -> None:
    decided = decide(scored(account, "new", GOOD), scored(account, "old", POOR))
    assert account.read("runs/monday/verdict.json") == decided["Verdict"]


def test_look_is_counted_for_the_endpoint_once_an_execution(account: Account) -> None:
    scores = scored(account, "new", GOOD), scored(account, "old", POOR)
    tries = [decide(*scores)["Verdict"] for _ in range(2)]
    assert [verdict["Look"] for verdict in tries] == [1, 1]
    tuesday = replace(EXECUTION, name="tuesday")
    again = evaluated_plan(UNSURE, execution=tuesday).to_document()
    verdict = decide(*scores, Plan=again)["Verdict"]
    assert verdict["Look"] == 2
    (judged,) = account.read("endpoints/retune/looks.json")["Judged"]
    assert judged["Looks"] == [
        {"Execution": "runs/monday/", "Candidates": 1, "Number": 1},
        {"Execution": "runs/tuesday/", "Candidates": 1, "Number": 2},
    ]


def test_look_counts_even_if_the_verdict_cannot_be_kept(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = scored(account, "new", GOOD), scored(account, "old", POOR)
    monkeypatch.setattr(RunFolder, "write", Mock(side_effect=RuntimeError("no more")))
    with pytest.raises(RuntimeError, match="no more"):
        decide(*scores)
    (judged,) = account.read("endpoints/retune/looks.json")["Judged"]
    assert [look["Execution"] for look in judged["Looks"]] == ["runs/monday/"]


def test_score_that_choose_trial_has_is_not_asked_for_again(account: Account) -> None:
    chosen = scored(account, "new", GOOD)
    decided = decide(Candidate=chosen, Champion=None)
    assert decided["Candidate"] == chosen
    assert "no endpoint yet" in decided["Verdict"]["Reason"]


def test_champion_that_was_scored_before_tuning_is_not_asked_for_again(account: Account) -> None:
    new, old = scored(account, "new", GOOD), scored(account, "old", POOR)
    plan = evaluated_plan(UNSURE).to_document() | {"ChampionScore": old}
    assert decide(new, Plan=plan)["Verdict"] == decide(new, old)["Verdict"]


def test_without_a_test_channel_the_best_of_tuning_is_taken_unproven(account: Account) -> None:
    decided = decide(Plan=make_plan().to_document(), Champion=None)
    assert decided["Candidate"] is None
    assert not decided["Verdict"]["HeldOut"]


def test_candidate_that_could_not_be_scored_ends_the_run(account: Account) -> None:
    failure = FailedState(state="ScoreModel", error="States.Timeout", cause="No cause was given.")
    failed = Score(model_name="new", failure=failure).to_document()
    with pytest.raises(EvaluationFailed, match=r"ScoreModel of the candidate: States\.Timeout"):
        decide(failed, scored(account, "old", POOR))


def test_secret_that_a_transform_job_quotes_is_in_no_error(account: Account) -> None:
    cause = '{"TransformJobStatus": "Failed", "FailureReason": "no login with hunter2-x"}'
    failed = Score(
        model_name="new", failure=FailedState(state="ScoreModel", error="e", cause=cause)
    ).to_document()
    environment = {"DB_PASSWORD": "hunter2-x"}
    plan = make_plan({"Environment": environment}, data=store(test=ROWS)).to_document()
    with pytest.raises(EvaluationFailed) as refused:
        decide(failed, Plan=plan)
    assert "no login with (not shown)" in str(refused.value)
