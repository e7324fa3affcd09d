"""A cause that is cut: Step Functions keeps 32,768 characters, and what follows must go on.

An expression of a Catch that fails ends the execution at once: no other Catch sees it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.stepfunctions.failure import MAX_CAUSE, StateFailed
from local_sagemaker.stepfunctions.queries.scope import Scope
from local_sagemaker.stepfunctions.queries.template import evaluate
from tuning.variables.approval import ApprovalAnswer

from stacks.retries import DEFINITIONS
from tests.stacks.flow import all_states

LONG = StateFailed("States.TaskFailed", json.dumps({"errorMessage": "x" * 2 * MAX_CAUSE})).cause
CAUSES = {
    "cut": LONG,
    "text": "no JSON",
    "text with a brace": "not allowed on {bank}",
    "nothing": "",
    "none": None,
}
VARIABLES = {
    "polls": 1,
    "plan": {"ApprovalTimeoutInSeconds": 1},
    "explained": {"Reason": "It failed."},
    "execution": {"Failure": {"State": "RunTuning", "Error": "States.TaskFailed", "Cause": "x"}},
}


@pytest.mark.parametrize("cause", CAUSES.values(), ids=CAUSES)
@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.name)
def test_every_catch_goes_on_whatever_the_cause(path: Path, cause: str | None) -> None:
    error = {"Error": "NotApproved"} | ({} if cause is None else {"Cause": cause})
    for name, state in all_states(json.loads(path.read_text())).items():
        scope = Scope(
            {"ModelName": "bank"}, {"State": {"Name": name}}, VARIABLES, error_output=error
        )
        for catcher in state.get("Catch", ()):
            for member in ("Assign", "Output"):
                evaluate(catcher.get(member, {}), scope, "JSONata", f"{name}/{member}")


def rejected(cause: str) -> dict[str, Any]:
    """$approval, as AwaitApproval's Catch makes it of a rejection."""
    path = next(path for path in DEFINITIONS if path.name == "retune.asl.json")
    catcher = all_states(json.loads(path.read_text()))["AwaitApproval"]["Catch"][0]
    scope = Scope({}, {}, error_output={"Error": "NotApproved", "Cause": cause})
    return dict(evaluate(catcher["Assign"], scope, "JSONata", "Assign")["approval"])


def test_rejection_tells_the_decision_that_the_state_failed_with() -> None:
    decided = ApprovalAnswer(model_approval_status="Deleted", approval_description="Gone.")
    assert ApprovalAnswer.told(rejected(json.dumps(decided.to_document()))) == decided


def test_rejection_in_words_of_somebody_elses_tells_them() -> None:
    told = ApprovalAnswer.told(rejected("Not in this quarter."))
    assert told == ApprovalAnswer(
        model_approval_status="Rejected", approval_description="Not in this quarter."
    )
