"""ChooseTrial: of several trials the one that is best on the test channel."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.errors import EvaluationFailed
from tuning.handlers.choose_trial import handler

from tests.tuning.account import Account
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import evaluated_plan
from tests.tuning.variables import a_winner

PERFECT, FAIR, WRONG = [0.1, 0.9, 0.2, 0.8], [0.1, 0.9, 0.8, 0.7], [0.9, 0.1, 0.8, 0.2]
AFTER = "2100-01-01T00:00:00.000Z"  # than the test channel was written


def event(account: Account, **predictions: list[float]) -> dict[str, Any]:
    """Trials by name with what their transform jobs predicted of four rows."""
    account.put("data/test/rows.csv", "0,5\n1,6\n0,7\n1,8\n")
    for name, values in predictions.items():
        account.put(f"evaluation/{name}/rows.csv.out", "".join(f"{value}\n" for value in values))
    trials = [
        {
            "Winner": a_winner(training_job_name=name).to_document(),
            "ModelName": name,
            "TransformOutput": f"s3://{account.bucket}/evaluation/{name}/",
            "Since": AFTER,
        }
        for name in predictions
    ]
    return {"Plan": evaluated_plan().to_document(), "Trials": trials}


def test_best_on_the_test_channel_is_chosen_whatever_tuning_put_first(account: Account) -> None:
    asked = event(account, first=WRONG, second=PERFECT, third=FAIR)
    assert handler(asked, CONTEXT) == asked["Trials"][1]


def test_metric_that_is_to_be_small_chooses_the_least(account: Account) -> None:
    asked = event(account, first=WRONG, second=PERFECT)
    asked["Plan"]["Evaluation"]["MetricName"] = "LogLoss"
    assert handler(asked, CONTEXT)["ModelName"] == "second"


def test_of_equal_trials_the_one_that_tuning_put_first_is_chosen(account: Account) -> None:
    asked = event(account, first=FAIR, second=FAIR)
    assert handler(asked, CONTEXT)["ModelName"] == "first"


def test_trial_without_usable_predictions_ends_the_run(account: Account) -> None:
    asked = event(account, first=PERFECT, second=[7.5, 0.1, 0.2, 0.3])
    with pytest.raises(EvaluationFailed, match="second cannot be scored"):
        handler(asked, CONTEXT)


def test_data_that_changed_while_trials_were_scored_ends_the_run(account: Account) -> None:
    asked = event(account, first=PERFECT)
    asked["Trials"][0]["Since"] = "2020-01-01T00:00:00.000Z"
    with pytest.raises(EvaluationFailed, match="was written while models were scored"):
        handler(asked, CONTEXT)
