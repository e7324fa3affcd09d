"""A champion that scores as it did is not tuned for; one that has become worse is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.month_ledger import MonthLedger
from tuning.errors import EvaluationFailed, InvalidInput
from tuning.handlers import plan_tuning, weigh_champion
from tuning.variables.last_run import Fingerprint, Judged, LastRun
from tuning.variables.plan import Plan

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import deploy
from tests.tuning.handlers.plan_events import EVENT, upload
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.refusals import refusal

SCORED = {"RetuneWhen": "ChampionWorseThan", "RetuneMargin": 0.1}
FOLDER = EndpointFolder("data-bucket", "retune")
MONTH = "endpoints/retune/costs/2026-11.json"
LABELS = [0, 1] * 20


def judged(**changes: Any) -> None:
    """What the last run has left: the champion and its score of then."""
    before = {"model_name": "champion", "metric_name": "AUC", "score": 0.9}
    FOLDER.keep_last_run(
        LastRun(
            execution_id="sunday",
            outcome="Deployed",
            fingerprint=Fingerprint(settings="s", data="others"),
            judged=Judged.model_validate(before | changes),
        )
    )


def planned(**document: Any) -> Plan:
    event = {**EVENT, "Input": {**SCORED, **document}}
    return Plan.parse(plan_tuning.handler(event, CONTEXT))


@pytest.fixture
def served(bucket: Account) -> Account:
    """An endpoint whose model was judged, and new rows since."""
    upload(bucket, "train", "validation")
    bucket.put("data/test/test.csv", "".join(f"{label},0.5\n" for label in LABELS))
    deploy(bucket, "champion")
    judged()
    return bucket


def weighed(account: Account, right: int, failure: dict[str, str] | None = None) -> Plan:
    """The champion's predictions are right for so many of 40 rows."""
    scores = [label if number < right else 1 - label for number, label in enumerate(LABELS)]
    account.put("serving/test.csv.out", "".join(f"{score}\n" for score in scores))
    score: dict[str, Any] = {"ModelName": "champion"}
    if failure:
        score["Failure"] = {"State": "ScoreModel", **failure}
    else:
        score |= {"TransformOutput": "s3://data-bucket/serving/", "Since": "2999-01-01T00:00:00Z"}
    event = {"Plan": planned().to_document(), "Score": score, "ExecutionId": EVENT["ExecutionId"]}
    return Plan.parse(weigh_champion.handler(event, CONTEXT))


def test_what_serves_is_scored_first_when_its_score_of_then_is_known(served: Account) -> None:
    assert planned().champion_to_score == "champion"
    assert planned(RetuneWhen="DataChanged").champion_to_score is None


@pytest.mark.parametrize("change", [{"model_name": "another"}, {"metric_name": "LogLoss"}])
def test_score_of_something_else_tells_nothing_so_that_it_tunes_and_says_so(
    served: Account, change: dict[str, str]
) -> None:
    judged(**change)
    plan = planned()
    assert plan.champion_to_score is None
    assert "No score of what serves is recorded" in " ".join(plan.warnings)


def test_without_a_champion_it_tunes(served: Account) -> None:
    served.client("sagemaker").delete_endpoint(EndpointName="retune")
    plan = planned()
    assert (plan.champion_to_score, plan.skipped) == (None, None)


def test_a_champion_that_is_as_good_as_it_was_is_not_tuned_for(served: Account) -> None:
    plan = weighed(served, right=34)  # AUC 0.85
    assert plan.champion_to_score is None
    assert plan.skipped is not None
    assert plan.skipped.outcome == "Skipped"
    assert plan.skipped.reason.startswith(
        "The champion champion has AUC 0.85 on the test channel as it lies now, and had 0.9 when "
        "it was last judged: it is not worse by more than 0.1, the RetuneMargin."
    )


def test_a_champion_that_became_worse_is_and_its_predictions_are_kept(served: Account) -> None:
    plan = weighed(served, right=28)
    assert (plan.champion_to_score, plan.skipped) == (None, None)
    assert plan.champion_score is not None
    assert plan.champion_score.transform_output == "s3://data-bucket/serving/"


def test_the_same_data_are_not_even_scored_again(served: Account) -> None:
    weighed(served, right=34)
    last = json.loads(json.dumps(served.read("endpoints/retune/last-run.json")))
    assert (last["Outcome"], last["Judged"]["Score"]) == ("Skipped", 0.9)
    skipped = planned().skipped
    assert skipped is not None
    assert "Neither the data nor the settings have changed" in skipped.reason


def test_the_month_counts_nothing_for_a_run_that_did_not_tune(served: Account) -> None:
    weighed(served, right=34)
    (run,) = served.read(MONTH)["Runs"].values()
    assert run["BillableSeconds"] == {}


def test_the_month_still_counts_the_bound_of_one_that_will_tune(served: Account) -> None:
    weighed(served, right=28)
    (run,) = served.read(MONTH)["Runs"].values()
    assert run.get("BillableSeconds") is None


def test_a_month_that_cannot_be_written_now_takes_nothing_from_the_run(
    served: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": ""}}, "PutObject")

    monkeypatch.setattr(MonthLedger, "close", denied)
    assert weighed(served, right=34).skipped is not None


def test_a_champion_that_can_never_score_the_rows_is_tuned_for(served: Account) -> None:
    gone = "Could not find model arn:aws:sagemaker:eu-west-1:1:model/champion."
    plan = weighed(served, 0, {"Error": "SageMaker.AmazonSageMakerException", "Cause": gone})
    assert plan.skipped is None


def test_a_passing_fault_says_nothing_of_the_champion(served: Account) -> None:
    with pytest.raises(EvaluationFailed, match=r"ScoreModel of the champion: .*Rate"):
        weighed(served, 0, {"Error": "SageMaker.SageMakerException", "Cause": "Rate exceeded"})


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"RetuneWhen": "ChampionWorseThan"}, "RetuneMargin is not given: ChampionWorseThan needs"),
    ({**SCORED, "ContentType": "parquet"}, "RetuneWhen = 'ChampionWorseThan': Held-out"),
]


@pytest.mark.parametrize(("document", "words"), REFUSED)
def test_what_cannot_be_scored_is_refused(document: dict[str, Any], words: str) -> None:
    assert words in str(refusal(document))


def test_without_a_test_channel_it_is_refused(bucket: Account) -> None:
    upload(bucket, "train", "validation")
    with pytest.raises(InvalidInput, match=r"RetuneWhen compares models on this channel\. Upload"):
        planned()
