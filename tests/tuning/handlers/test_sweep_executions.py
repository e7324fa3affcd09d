"""SweepExecutions: executions whose recovery nothing has started, or that was stopped itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tuning.aws.run_folder import RunFolder
from tuning.handlers import sweep_executions
from tuning.variables.recovery_record import RecoveryRecord

from tests.tuning.account import Account
from tests.tuning.lambda_context import CONTEXT

STARTED = datetime.now(UTC) - timedelta(seconds=2)  # S3 tells whole seconds
RECORD = f"recovery-{STARTED:%Y%m%dT%H%M%SZ}-0.json"
ARN = "arn:aws:states:eu-west-1:123456789012"
WORKFLOW, RECOVERY = f"{ARN}:stateMachine:retune", f"{ARN}:stateMachine:retune-recovery"


@pytest.fixture
def started(account: Account, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the recovery machine is started with."""
    inputs: list[Any] = []

    def start(machine: str, document: Any) -> None:
        assert machine == RECOVERY
        inputs.append(document)

    monkeypatch.setenv("STATE_MACHINE_ARN", WORKFLOW)
    monkeypatch.setenv("RECOVERY_ARN", RECOVERY)
    monkeypatch.setattr(sweep_executions, "start_execution", start)
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    monkeypatch.setattr(sweep_executions, "creation_of", {RECOVERY: long_ago}.__getitem__)
    return inputs


def sweep(monkeypatch: pytest.MonkeyPatch, *executions: dict[str, Any]) -> None:
    """With these entries of ListExecutions, which are asked for as of some days."""

    def ended(machine: str, since: datetime) -> Iterator[dict[str, Any]]:
        assert machine == WORKFLOW
        assert datetime.now(UTC) - since > timedelta(days=6)
        yield from executions

    monkeypatch.setattr(sweep_executions, "ended_without_success", ended)
    sweep_executions.handler({}, CONTEXT)


def execution(name: str, status: str = "ABORTED", redrives: int = 0) -> dict[str, Any]:
    arn = f"{ARN}:execution:retune:{name}"
    times = {"startDate": STARTED, "stopDate": STARTED}
    return {"executionArn": arn, "name": name, "status": status, "redriveCount": redrives, **times}


def recovered(name: str, *, complete: bool) -> None:
    record = RecoveryRecord(recovery_id="r", outcome="Cancelled", complete=complete)
    RunFolder("data-bucket", f"runs/{name}/").write(RECORD, record.to_document())


def test_execution_that_nobody_has_recovered_is_recovered(
    started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(monkeypatch, execution("monday", "TIMED_OUT"))
    arn = f"{ARN}:execution:retune:monday"
    assert started == [{"executionArn": arn, "status": "TIMED_OUT"}]


def test_recovery_that_was_not_complete_is_done_again_and_a_complete_one_stands(
    started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    recovered("monday", complete=False)
    recovered("tuesday", complete=True)
    sweep(monkeypatch, execution("monday"), execution("tuesday"))
    assert [given["executionArn"].rpartition(":")[2] for given in started] == ["monday"]


def test_execution_that_cannot_be_recovered_does_not_keep_others_from_it(
    started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    RunFolder("data-bucket", "runs/monday/").write(RECORD, {"Written": "by hand"})
    with pytest.raises(ValueError, match="RecoveryRecord"):
        sweep(monkeypatch, execution("monday"), execution("tuesday"))
    assert [given["executionArn"].rpartition(":")[2] for given in started] == ["tuesday"]


def test_each_redrive_needs_a_recovery_of_its_own(
    started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    recovered("monday", complete=True)
    sweep(monkeypatch, execution("monday", redrives=1))
    assert len(started) == 1


def test_what_ended_before_there_was_a_recovery_machine_is_left_alone(
    started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgrade would announce every failure of the last week once more."""
    created, asked_since = datetime.now(UTC) - timedelta(hours=1), []

    def ended(machine: str, since: datetime) -> Iterator[dict[str, Any]]:
        asked_since.append(since)
        yield from ()

    monkeypatch.setattr(sweep_executions, "creation_of", {RECOVERY: created}.__getitem__)
    monkeypatch.setattr(sweep_executions, "ended_without_success", ended)
    sweep_executions.handler({}, CONTEXT)
    assert asked_since == [created]


def test_recovery_that_came_before_the_last_calls_is_done_again(
    started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    recovered("monday", complete=True)
    later = datetime.now(UTC) + timedelta(minutes=1)
    monkeypatch.setattr(sweep_executions, "last_calls_over", lambda execution: later)
    sweep(monkeypatch, execution("monday"))
    assert len(started) == 1
