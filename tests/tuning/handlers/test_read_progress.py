"""ReadProgress: what an execution has kept in its folder, and what has ended it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tuning.aws.run_folder import PLAN, RunFolder
from tuning.errors import ExecutionRedriven, InvalidInput
from tuning.handlers import read_progress
from tuning.variables.deployment import Deployment
from tuning.variables.explanation import Explanation
from tuning.variables.failed_state import FailedState
from tuning.variables.progress import Progress
from tuning.variables.recovery_record import RecoveryRecord
from tuning.variables.removed import Removed

from tests.tuning.account import Account
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION, make_plan
from tests.tuning.report_runs import a_summary
from tests.tuning.test_history import RUN_TUNING, entered, failed

CAUGHT = {
    "executionArn": EXECUTION.id,
    "status": "RUNNING",
    "error": "States.TaskFailed",
    "cause": "no capacity",
}
STARTED = datetime.now(UTC) - timedelta(seconds=2)  # S3 tells whole seconds
RECORD = f"recovery-{STARTED:%Y%m%dT%H%M%SZ}-0.json"
FOLDER = RunFolder("data-bucket", "runs/monday/")
DEPLOYMENT = Deployment(endpoint_config_name="new", previous="old")
Read = Callable[..., Progress]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were waited."""
    waited: list[float] = []
    monkeypatch.setattr("tuning.handlers.read_progress.time.sleep", waited.append)
    return waited


@pytest.fixture
def read(account: Account, monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> Read:
    """Calls the handler, for an execution of this status whose history has these events."""

    def handle(
        *, event: dict[str, Any] | None = None, events: Any = RUN_TUNING, **described: Any
    ) -> Progress:
        execution = {
            "executionArn": EXECUTION.id, "name": "monday", "status": "RUNNING",
            "startDate": STARTED, "stopDate": STARTED, **described,
        }  # fmt: skip
        monkeypatch.setattr(read_progress, "describe_execution", {EXECUTION.id: execution}.get)

        def read_history(arn: str) -> Any:
            if isinstance(events, Exception):
                raise events
            return reversed(events)

        monkeypatch.setattr(read_progress, "read_history", read_history)
        given = event or {**CAUGHT, "status": execution["status"]}
        return Progress.parse(read_progress.handler(given, CONTEXT))

    return handle


def test_execution_without_a_plan_has_nothing_to_undo(read: Read) -> None:
    progress = read()
    assert progress.failure == FailedState(
        state="RunTuning", error="States.TaskFailed", cause="no capacity"
    )
    assert (progress.plan, progress.deployment, progress.standing) == (None, None, None)
    assert progress.record == RECORD


def test_plan_and_deployment_are_what_is_to_be_undone(read: Read) -> None:
    plan = make_plan()
    FOLDER.write(PLAN, plan.to_document())
    FOLDER.write(Deployment.FILE, DEPLOYMENT.to_document())
    progress = read()
    assert progress.plan == plan
    assert progress.unproven == DEPLOYMENT
    proven = DEPLOYMENT.model_copy(update={"proven": True})
    FOLDER.write(Deployment.FILE, proven.to_document())
    assert read().unproven is None


def test_what_an_earlier_execution_of_the_same_name_has_left_does_not_count(read: Read) -> None:
    """Step Functions takes a name again after 90 days; nothing in the bucket expires."""
    FOLDER.write(PLAN, make_plan().to_document())
    FOLDER.write(Deployment.FILE, DEPLOYMENT.to_document())
    FOLDER.write("summary.json", a_summary().to_document())
    progress = read(
        event={**CAUGHT, "error": "InvalidInput"},
        events=[entered(1, 0, "PlanTuning"), failed(2, 1, "InvalidInput")],
        startDate=STARTED + timedelta(days=90),
    )
    assert (progress.plan, progress.deployment, progress.standing) == (None, None, None)
    assert progress.record != RECORD


@pytest.mark.parametrize(
    ("state", "written", "missing"),
    [
        ("RunTuning", (), "plan.json"),
        ("VerifyEndpoint", (PLAN,), "deployment.json"),
        ("DeployEndpoint", (PLAN,), ""),
        ("PlanTuning", (), ""),
    ],
)
def test_file_that_must_have_been_written_is_missed(
    read: Read, state: str, written: tuple[str, ...], missing: str
) -> None:
    for file in written:
        FOLDER.write(file, make_plan().to_document())
    unread = read(
        event={**CAUGHT, "error": "Fault"},
        events=[entered(1, 0, state), failed(2, 1, "Fault")],
    ).unread
    assert (missing in unread) if missing else unread == ""


def test_history_that_lags_is_read_again_and_then_done_without(
    read: Read, pauses: list[float]
) -> None:
    assert read(events=RUN_TUNING[:-2]).failure.state == "Retune"
    assert pauses == [0, 1, 2, 4, 8]


def test_history_that_cannot_be_read_keeps_nothing_from_being_undone(read: Read) -> None:
    FOLDER.write(Deployment.FILE, DEPLOYMENT.to_document())
    denied = ClientError({"Error": {"Code": "AccessDenied"}}, "GetExecutionHistory")
    progress = read(events=denied)
    assert progress.failure.state == "Retune"
    assert progress.deployment == DEPLOYMENT


@pytest.mark.parametrize("status", ["ABORTED", "TIMED_OUT"])
def test_end_by_step_functions_is_told_as_such_once_the_last_call_is_over(
    read: Read, pauses: list[float], status: str
) -> None:
    failure = read(status=status, cause="The data was wrong.").failure
    words = f"the execution is {status}. The data was wrong."
    assert failure == FailedState(state="Step Functions", error=status, cause=words)
    assert read_progress.LAST_CALL_SECONDS in pauses


def test_execution_that_is_stopped_while_it_recovers_tells_its_first_failure_too(
    read: Read,
) -> None:
    given = json.dumps({"Error": "States.TaskFailed", "Cause": "no capacity"})
    events = [*RUN_TUNING, entered(14, 13, "Recover", input=given)]
    failure = read(status="ABORTED", cause="Enough.", events=events).failure
    assert failure.error == "ABORTED"
    assert failure.cause == (
        "the execution is ABORTED. Enough. It was recovering: RunTuning had failed with "
        "States.TaskFailed. no capacity"
    )


@pytest.mark.parametrize(("state", "waits"), [("ScoreTrial", True), ("RunTuning", False)])
def test_iterations_that_a_failed_one_has_stopped_are_given_a_moment(
    read: Read, pauses: list[float], state: str, waits: bool
) -> None:
    events = [entered(1, 0, state), failed(2, 1, "Fault")]
    read(event={**CAUGHT, "error": "Fault"}, events=events)
    assert (read_progress.LAST_CALL_SECONDS in pauses) is waits


def test_error_that_no_state_can_catch_is_told_with_its_name(read: Read) -> None:
    error = "States.DataLimitExceeded"
    ended = failed(13, 12, error, "ExecutionFailed")
    progress = read(status="FAILED", error=error, cause="too much", events=[*RUN_TUNING, ended])
    assert progress.failure.error == "FAILED"
    assert progress.failure.cause == f"the execution is FAILED. {error}: too much"


def test_failure_stays_the_first_one_when_recovery_could_not_be_started(read: Read) -> None:
    given = json.dumps({"Error": "States.TaskFailed", "Cause": "no capacity"})
    denied = "StepFunctions.AccessDeniedException"
    events = [
        *RUN_TUNING,
        entered(13, 12, "Recover", input=given),
        failed(14, 13, denied),
        failed(15, 14, denied, "ExecutionFailed"),
    ]
    failure = read(status="FAILED", error=denied, cause="not authorized", events=events).failure
    assert failure == FailedState(state="RunTuning", error="States.TaskFailed", cause="no capacity")


PRUNED = [entered(1, 0, "Prune"), failed(2, 1, "ClientError")]
PRUNE_FAILED = {**CAUGHT, "error": "ClientError", "cause": "Rate exceeded"}


def test_outcome_stands_once_the_report_is_written(read: Read) -> None:
    summary = a_summary()
    FOLDER.write("summary.json", summary.to_document())
    standing = read(event=PRUNE_FAILED, events=PRUNED).standing
    assert standing == summary.model_copy(update={"pruned": Removed(error="Rate exceeded")})


def test_what_prune_has_done_is_not_said_when_only_the_notification_failed(read: Read) -> None:
    """The output of an execution that deleted models must not say that it deleted none."""
    summary = a_summary()
    FOLDER.write("summary.json", summary.to_document())
    notify_failed = [entered(1, 0, "Notify"), failed(2, 1, "ClientError")]
    assert read(event=PRUNE_FAILED, events=notify_failed).standing == summary


def test_person_who_stops_an_execution_takes_back_what_is_not_proven_even_then(
    read: Read,
) -> None:
    FOLDER.write("summary.json", a_summary().to_document())
    assert read(status="ABORTED").standing is None


@pytest.mark.parametrize("complete", [True, False])
def test_what_an_earlier_recovery_has_done_stands_when_it_was_complete(
    read: Read, complete: bool
) -> None:
    record = RecoveryRecord(
        recovery_id="r", outcome="Cancelled", reason="It was stopped.", complete=complete
    )
    FOLDER.write(RECORD, record.to_document())
    stands = Explanation(outcome="Cancelled", reason="It was stopped.")
    assert read(status="ABORTED").standing == (stands if complete else None)
    assert read(status="ABORTED", redriveCount=1).standing is None


@pytest.mark.parametrize("status", ["RUNNING", "PENDING_REDRIVE", "SUCCEEDED"])
def test_execution_that_was_redriven_meanwhile_is_left_alone(read: Read, status: str) -> None:
    FOLDER.write("summary.json", a_summary().to_document())
    event = {"executionArn": EXECUTION.id, "status": "ABORTED"}
    with pytest.raises(ExecutionRedriven, match=f"is {status}: somebody has redriven it"):
        read(event=event, status=status, redriveCount=1)


@pytest.mark.parametrize(
    ("given", "status"), [("FAILED", "SUCCEEDED"), ("RUNNING", "SUCCEEDED"), ("ABORTED", "RUNNING")]
)
def test_execution_that_has_not_failed_is_refused(read: Read, given: str, status: str) -> None:
    """Somebody has started recovery by hand, whatever status they have given."""
    with pytest.raises(InvalidInput) as refusal:
        read(event={**CAUGHT, "status": given}, status=status)
    assert str(refusal.value) == (
        f"executionArn = '{EXECUTION.id}': This execution is {status}: there is nothing to "
        "recover. Name one that has FAILED, was ABORTED or has TIMED_OUT."
    )


ENDED = {"executionArn": EXECUTION.id, "status": "FAILED"}
WRONG: dict[str, tuple[Any, list[str]]] = {
    "nothing": (None, ["executionArn is not given", "status is not given"]),
    "list": ([], ["executionArn is not given", "status is not given"]),
    "empty": ({}, ["executionArn is not given", "status is not given"]),
    "no status": ({"executionArn": EXECUTION.id}, ["status is not given", "Give FAILED, ABORTED"]),
    "no ARN": ({**ENDED, "executionArn": "monday"}, ["executionArn = 'monday': Recovery needs"]),
    "number": ({**ENDED, "executionArn": 5}, ["executionArn = 5: Recovery needs the ARN"]),
    "cause": ({**ENDED, "cause": {}}, ["cause = {}: It is no text."]),
    "no error": ({**ENDED, "status": "RUNNING"}, ["error is not given: With the status RUNNING"]),
}


@pytest.mark.parametrize(("event", "words"), WRONG.values(), ids=WRONG)
def test_input_that_tells_no_end_is_refused(event: Any, words: list[str]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_progress.handler(event, CONTEXT)
    assert [word for word in words if word not in str(refusal.value)] == []
