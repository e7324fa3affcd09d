"""The words for what was restored, cleaned up and told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tuning.failure.notification import SUBJECT_LIMIT, compose
from tuning.failure.recovery_messages import clean_up_message, endpoint_message

EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:retune:monday"
MISSING = 'Could not find endpoint "arn:aws:sagemaker:...:endpoint/retune".'


def serves(config: str, status: str = "InService") -> dict[str, str]:
    return {"Status": status, "ConfigName": config}


UNREAD = {"Status": "Unknown", "ConfigName": "", "Error": "Rate exceeded"}
ENDPOINTS = {
    "not touched": ("", "", {}, ""),
    "restored": ("RestorePrevious", "old", serves("old"), "serves old again, as before"),
    "rolled back by SageMaker": ("", "old", serves("old"), "is InService and serves old"),
    "not restored": (
        "RestorePrevious", "old", serves("new"), "it is InService with new. Update it to old",
    ),
    "deleted": ("DeleteEndpoint", "", {**UNREAD, "Error": MISSING}, "is deleted again"),
    "not deleted": ("DeleteEndpoint", "", serves("new"), "Delete it: aws sagemaker"),
    "config deleted by somebody": (
        "RestorePrevious", "old", {**serves("new"), "Refused": 'Could not find model "arn".'},
        "What old needs was deleted",
    ),
    "rolled back to the new one": (
        "RestorePrevious", "old", {**serves("new"), "Reason": "No such key."}, "new. No such key.",
    ),
    "deleted by somebody": ("", "old", {**UNREAD, "Error": MISSING}, "somebody has deleted it"),
    "not readable": ("RestorePrevious", "old", UNREAD, "could not be read (Rate exceeded)"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "previous", "left", "words"), ENDPOINTS.values(), ids=ENDPOINTS.keys()
)
def test_reason_tells_what_became_of_the_endpoint(
    asked: str, previous: str, left: dict[str, Any], words: str
) -> None:
    seen = dict(left)
    restored = {"Asked": asked, "Previous": previous, "Refused": seen.pop("Refused", "")}
    assert words in endpoint_message("retune", {**restored, "Left": seen})


def test_reason_tells_what_was_cleaned_up() -> None:
    assert (
        clean_up_message({"Stopped": ["a"], "Deleted": ["b", "b", "c"]})
        == "Stopped a. Deleted b, c."
    )
    assert clean_up_message({"Stopped": [], "Deleted": []}) == ""
    cause = json.dumps({"errorMessage": "Rate exceeded", "errorType": "ClientError"})
    assert clean_up_message({"Error": cause}).endswith("could not be cleaned up: Rate exceeded")


def test_message_of_a_success_has_what_a_person_wants_to_know() -> None:
    output = {
        "Outcome": "Deployed",
        "MetricName": "validation:auc",
        "Value": 0.79,
        "ModelName": "retune-1",
        "Files": {"Report": "s3://b/runs/monday/report.html"},
    }
    made = compose(
        output,
        prefix="retune",
        execution_id=EXECUTION,
        endpoint="retune",
        pruned={"Error": "Rate exceeded"},
    )
    assert made.subject == "retune: Deployed (monday)"
    for line in (
        "Outcome: Deployed",
        "Endpoint: retune",
        "Score: validation:auc 0.79",
        "Report: s3://b/runs/monday/report.html",
        "Not pruned: Rate exceeded",
    ):
        assert line in made.message.splitlines()


def test_message_tells_what_a_person_has_decided() -> None:
    output = {
        "Outcome": "NotApproved",
        "Approval": {"ModelApprovalStatus": "Rejected", "ApprovalDescription": "Too slow."},
    }
    made = compose(output, prefix="retune", execution_id=EXECUTION)
    assert "Approval: Rejected. Too slow." in made.message.splitlines()


def test_subject_fits_what_sns_takes() -> None:
    name = f"{EXECUTION}-{'ä' * 80}"
    made = compose({"Outcome": "Throttled", "Reason": "x"}, prefix="retune", execution_id=name)
    assert len(made.subject) <= SUBJECT_LIMIT
    assert made.subject.isascii()


def test_message_of_an_unexplained_failure_has_its_raw_error() -> None:
    result = {"Outcome": "States.Runtime", "Reason": "PlanTuning: x"}
    made = compose(result, prefix="retune", execution_id=EXECUTION)
    assert made.message.endswith("PlanTuning: x")
