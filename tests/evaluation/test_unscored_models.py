"""What comes of models that could not be scored, or whose predictions fit no label."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tuning.errors import EvaluationFailed
from tuning.variables.champion import Champion

from tests.evaluation.store import Store, scored_channel
from tests.evaluation.verdicts import JOB_FAILED, ROWS, failed, labels_and_scores, plan, verdict

LASTING = {
    "other features": JOB_FAILED,
    "model deleted": 'Could not find model "arn:aws:sagemaker:eu-west-1:1:model/old". (Service: '
    "AmazonSageMaker; Status Code: 400; Error Code: ValidationException; Request ID: 1)",
}


@pytest.mark.parametrize("cause", LASTING.values(), ids=LASTING.keys())
def test_champion_that_cannot_score_is_kept_unless_the_input_says_replace(
    better: Store, cause: str
) -> None:
    kept = verdict(better, old=failed(cause))
    assert kept["Decision"] == "Keep"
    assert "UnscoredChampion" in kept["Reason"]
    replaced = verdict(better, plan(UnscoredChampion="Replace"), old=failed(cause))
    assert replaced["Decision"] == "Promote"
    assert replaced["Champion"]["ModelName"] == "old"


WRONG_PREDICTIONS = {
    "NaN": ("nan\n" * (ROWS // 2), "not every prediction is a finite number"),
    "no number": ("great\n" * (ROWS // 2), "a prediction is no number"),
    "too few rows": ("0.5\n", "predictions for 200 rows"),
    "no probability": ("7.5\n" * (ROWS // 2), "a probability or a class"),
    "several values": ("0.5,0.5\n" * (ROWS // 2), "same number of values"),
}


@pytest.mark.parametrize(
    ("text", "words"), WRONG_PREDICTIONS.values(), ids=WRONG_PREDICTIONS.keys()
)
def test_champion_with_unusable_predictions_has_no_score(text: str, words: str) -> None:
    labels, (new, old) = labels_and_scores(0.5, 0.5)
    found = verdict(scored_channel(labels, new=new, old=old, text={"old": text}))
    assert found["Decision"] == "Keep"
    assert words in found["Champion"]["Failure"]


@pytest.mark.parametrize("text", [text for text, _ in WRONG_PREDICTIONS.values()])
def test_candidate_with_unusable_predictions_fails_the_run(text: str) -> None:
    labels, (new, old) = labels_and_scores(0.5, 0.5)
    with pytest.raises(EvaluationFailed, match="new cannot be scored on s3://bucket/data/test/"):
        verdict(scored_channel(labels, new=new, old=old, text={"new": text}))


BINARY = ("BinaryClassification", "AUC")
REGRESSION = ("Regression", "RMSE")
CLASSES = ("MulticlassClassification", "Accuracy")
UNSCORABLE = [
    (BINARY, [0.5, 1.0], [0.1, 0.9], "not every label is a whole number"),
    (BINARY, [0.0, 2.0], [0.1, 0.9], "two classes need labels of 0 and 1"),
    (REGRESSION, [1.0, 2.0], [[1, 2], [3, 4]], "several values a row where regression has one"),
    (CLASSES, [0.0, 5.0], [[0.9, 0.1], [0.1, 0.9]], "labels of classes that it does not know"),
    (CLASSES, [0.0, 1.0], [-1.0, 1.0], "not every prediction is a probability or a class"),
]


@pytest.mark.parametrize(("kind", "labels", "predictions", "words"), UNSCORABLE)
def test_labels_and_predictions_that_do_not_fit_fail_the_run(
    kind: tuple[str, str], labels: list[float], predictions: list[Any], words: str
) -> None:
    store = scored_channel(labels, new=predictions)
    with pytest.raises(EvaluationFailed, match=words):
        verdict(store, plan(*kind), champion=None)


PASSING = {
    "throttling": ("SageMaker.AmazonSageMakerException", "Rate exceeded (Service: x)"),
    "quota": ("SageMaker.ResourceLimitExceededException", "The account-level service limit"),
    "capacity": (
        "States.TaskFailed",
        json.dumps({"TransformJobStatus": "Failed", "FailureReason": "CapacityError: none left"}),
    ),
    "stopped by a person": ("States.TaskFailed", json.dumps({"TransformJobStatus": "Stopped"})),
    "timeout": ("States.Timeout", "No cause was given."),
}


@pytest.mark.parametrize(("error", "cause"), PASSING.values(), ids=PASSING.keys())
def test_passing_fault_is_no_verdict(better: Store, error: str, cause: str) -> None:
    with pytest.raises(EvaluationFailed, match="ScoreModel of the champion: "):
        verdict(better, old=failed(cause, error))


@pytest.mark.parametrize("cause", [JOB_FAILED, LASTING["model deleted"]])
def test_candidate_that_was_not_scored_fails_the_run(better: Store, cause: str) -> None:
    with pytest.raises(EvaluationFailed, match="ScoreModel of the candidate: "):
        verdict(better, new=failed(cause, model="new"))


def test_champion_whose_model_nobody_can_tell_has_no_score(better: Store) -> None:
    because = "its endpoint configuration old-config names no model"
    unknown = Champion(endpoint_config_name="old-config", unknown_because=because)
    found = verdict(better, champion=unknown)
    assert found["Decision"] == "Keep"
    assert because in found["Reason"]
