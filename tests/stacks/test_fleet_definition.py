"""The fleet's way with runs that fail: what its message says of each."""

from __future__ import annotations

import json
from typing import Any

import pytest
from local_sagemaker.stepfunctions.queries.scope import Scope
from local_sagemaker.stepfunctions.queries.template import evaluate

from stacks.retries import DEFINITIONS
from tests.stacks.flow import all_states

FLEET = next(path for path in DEFINITIONS if path.name == "fleet.asl.json")
# Of startExecution.sync:2, for a run that has failed; any other cause is AWS's plain words.
DESCRIPTION = {"Status": "FAILED", "Error": "DataMissing", "Cause": "PlanTuning: no data."}
NOT_STARTED = "User: retune-fleet is not authorized to perform: states:StartExecution"


def output(said: Any, given: Any, **seen: Any) -> Any:
    """What Step Functions makes of an Output on this input."""
    return evaluate(said, Scope(given, context={}, **seen), "JSONata", "Output")


@pytest.mark.parametrize(
    ("error", "cause", "outcome", "reason"),
    [
        ("States.TaskFailed", json.dumps(DESCRIPTION), "DataMissing", "PlanTuning: no data."),
        ("States.TaskFailed", '{"Status": "ABORTED"}', "ABORTED", ""),
        (
            "StepFunctions.AccessDeniedException",
            NOT_STARTED,
            "StepFunctions.AccessDeniedException",
            NOT_STARTED,
        ),
    ],
    ids=["failed", "stopped", "not started"],
)
def test_why_a_run_failed_is_told_also_when_it_could_not_be_started(
    error: str, cause: str, outcome: str, reason: str
) -> None:
    states = all_states(json.loads(FLEET.read_text()))
    (catch,) = states["RetuneModel"]["Catch"]
    failure = {"Error": error, "Cause": cause}
    caught = output(catch["Output"], {"ModelName": "bank"}, error_output=failure)
    told = output(states["RunFailed"]["Output"], caught)
    assert told == {"ModelName": "bank", "Outcome": outcome, "Reason": reason, "Failed": True}
