"""The words for what was restored, cleaned up and told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tuning.failure.notification import SUBJECT_LIMIT, compose
from tuning.failure.recovery_messages import clean_up_message, endpoint_message, is_restored
from tuning.variables.approval import ApprovalAnswer
from tuning.variables.deployment import Deployment
from tuning.variables.explanation import Explanation
from tuning.variables.failed_state import FailedState
from tuning.variables.plan import WeakChampion
from tuning.variables.progress import Progress
from tuning.variables.removed import Removed
from tuning.variables.restoration import EndpointState, Restoration

from tests.tuning.plans import make_plan
from tests.tuning.report_runs import a_summary

EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:retune:monday"
FAILURE = FailedState(state="VerifyEndpoint", error="EndpointUnhealthy", cause="NaN")


def after(previous: str = "old", **fields: Any) -> Progress:
    """An execution that had asked the endpoint for the config "new"."""
    deployment = Deployment(endpoint_config_name="new", previous=previous)
    known = {"plan": make_plan(), "deployment": deployment, **fields}
    return Progress(execution_id=EXECUTION, failure=FAILURE, **known)


def serves(config: str, **fields: Any) -> EndpointState:
    return EndpointState(status="InService", config_name=config, ours=config == "new", **fields)


MISSING, UNREAD = EndpointState(status="Missing"), EndpointState(status="Unknown", error="Denied")
UPDATING = EndpointState(status="Updating", config_name="old", changing=True)
GONE = 'Could not find model "arn".'
# Progress, restoration, words, and whether another recovery could do no more.
ENDPOINTS: dict[str, tuple[Progress, Restoration, str, bool]] = {
    "before the plan": (
        after(plan=None, deployment=None), Restoration(), "No endpoint was touched.", True,
    ),
    "not touched": (after(deployment=None), Restoration(), "retune was not touched", True),
    "proven": (after(), Restoration(), "serves the new model", True),
    "progress not read": (
        after(plan=None, deployment=None, unread="Denied"), Restoration(), "read, so that", False,
    ),
    "restored": (
        after(), Restoration(asked="RestorePrevious", left=serves("old")),
        "serves old again, as before", True,
    ),
    "rolled back by SageMaker": (
        after(), Restoration(left=serves("old")), "is InService and serves old", True,
    ),
    "not restored": (
        after(), Restoration(asked="RestorePrevious", left=serves("new")),
        "it is InService with new. Update it to old", False,
    ),
    "deleted": (
        after(""), Restoration(asked="DeleteEndpoint", left=MISSING), "is deleted again", True,
    ),
    "deleted by an earlier recovery": (
        after(""), Restoration(left=MISSING), "There is no endpoint retune, as before.", True,
    ),
    "not deleted": (
        after(""), Restoration(asked="DeleteEndpoint", left=serves("new")),
        "Delete it: aws sagemaker", False,
    ),
    "config deleted by somebody": (
        after(), Restoration(asked="RestorePrevious", left=serves("new"), refused=GONE),
        "What old needs was deleted", True,
    ),
    "rolled back to the new one": (
        after(), Restoration(asked="RestorePrevious", left=serves("new", reason="No such key.")),
        "new. No such key.", False,
    ),
    "deleted by somebody": (after(), Restoration(left=MISSING), "somebody has deleted it", True),
    "not readable": (after(), Restoration(left=UNREAD), "could not be read (Denied)", False),
    "still changing": (after(), Restoration(left=UPDATING), "is Updating with old", False),
}  # fmt: skip


@pytest.mark.parametrize(
    ("progress", "restoration", "words", "done"), ENDPOINTS.values(), ids=ENDPOINTS.keys()
)
def test_reason_tells_what_became_of_the_endpoint(
    progress: Progress, restoration: Restoration, words: str, done: bool
) -> None:
    assert words in endpoint_message(progress, restoration)
    assert is_restored(progress, restoration) == done


def test_what_serves_again_and_lacks_what_is_asked_of_every_run_is_warned_of() -> None:
    weak = WeakChampion(endpoint_config_name="old", settings=("retune:kms_key",))
    plan = make_plan().model_copy(update={"weak_champion": weak})
    restored = Restoration(asked="RestorePrevious", left=serves("old"))
    assert endpoint_message(after(plan=plan), restored) == (
        "The endpoint retune serves old again, as before. Warning: it does not keep to "
        "retune:kms_key, which this deployment asks of every run by now. Start a run, which "
        "deploys a model that does."
    )
    proven = endpoint_message(after(plan=plan), Restoration(left=serves("new")))
    assert "Warning" not in proven


def test_reason_tells_what_was_cleaned_up() -> None:
    removed = Removed(stopped=("a",), deleted=("b", "b", "c"))
    assert clean_up_message(removed) == "Stopped a. Deleted b, c."
    assert clean_up_message(Removed()) == ""
    cause = json.dumps({"errorMessage": "Rate exceeded", "errorType": "ClientError"})
    told = clean_up_message(Removed(error=cause))
    assert told.endswith("could not be cleaned up: Rate exceeded")


def test_message_tells_what_a_person_has_decided() -> None:
    decided = ApprovalAnswer(model_approval_status="Rejected", approval_description="Too slow.")
    summary = a_summary().model_copy(update={"outcome": "NotApproved", "approval": decided})
    made = compose(summary, prefix="retune", execution_id=EXECUTION)
    assert "Approval: Rejected. Too slow." in made.message.splitlines()


def test_subject_fits_what_sns_takes() -> None:
    name = f"{EXECUTION}-{'ä' * 80}"
    explained = Explanation(outcome="Throttled", reason="x")
    made = compose(explained, prefix="retune", execution_id=name)
    assert len(made.subject) <= SUBJECT_LIMIT
    assert made.subject.isascii()


def test_message_of_an_unexplained_failure_has_its_raw_error() -> None:
    explained = Explanation(outcome="States.Runtime", reason="PlanTuning: x")
    made = compose(explained, prefix="retune", execution_id=EXECUTION)
    assert "\n\nPlanTuning: x\n\n" in made.message
