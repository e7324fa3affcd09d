"""Notify in a recovery: of several that recover the same end one tells people of it, once."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.aws import recovery_records, topics
from tuning.aws.run_folder import RunFolder
from tuning.failure.notification import Notification
from tuning.handlers import notify
from tuning.variables.recovery_record import RecoveryRecord

from tests.tuning.account import Account
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION

FOLDER = RunFolder("data-bucket", "runs/monday/")
FILE = "recovery-0.json"
CANCELLED = {"Outcome": "Cancelled", "Reason": "It was stopped.", "Complete": True}


@pytest.fixture
def notifications(account: Account, monkeypatch: pytest.MonkeyPatch) -> list[Notification]:
    """What is published."""
    published: list[Notification] = []

    def publish(topic: str, notification: Notification) -> str:
        published.append(notification)
        return f"message-{len(published)}"

    monkeypatch.setenv("TOPIC_ARN", "arn:aws:sns:eu-west-1:123456789012:retune-executions")
    monkeypatch.setattr(topics, "publish", publish)
    monkeypatch.setattr(recovery_records, "is_running", {"runs": True, "over": False}.__getitem__)
    return published


def notify_once(by: str = "mine", **result: Any) -> str:
    event = {
        "Result": {**CANCELLED, **result},
        "Pruned": {},
        "Plan": {},
        "ExecutionId": EXECUTION.id,
        "Recovery": {"Id": by, "Record": FILE},
    }
    return str(notify.handler(event, CONTEXT)["MessageId"])


def record() -> RecoveryRecord:
    return RecoveryRecord.parse(FOLDER.read(FILE) or {})


def begin(by: str, **fields: Any) -> None:
    """Another recovery has begun to notify."""
    known = {"outcome": "Cancelled", "reason": "It was stopped.", **fields}
    FOLDER.write(FILE, RecoveryRecord(recovery_id=by, **known).to_document())


def test_record_is_kept_of_the_notification(notifications: list[Notification]) -> None:
    assert notify_once() == "message-1"
    assert notifications[0].outcome == "Cancelled"
    assert record() == RecoveryRecord(
        recovery_id="mine",
        outcome="Cancelled",
        reason="It was stopped.",
        complete=True,
        message_id="message-1",
    )


def test_second_recovery_of_the_same_end_notifies_nobody(notifications: list[Notification]) -> None:
    notify_once(by="first")
    assert notify_once(by="second", Reason="Nothing was left to stop.") == "message-1"
    assert len(notifications) == 1
    assert record().recovery_id == "first"


def test_of_two_at_once_the_one_that_began_first_notifies(
    notifications: list[Notification],
) -> None:
    begin("runs")
    notify_once()
    assert notifications == []
    assert record().recovery_id == "runs"


@pytest.mark.parametrize("by", ["over", "mine"], ids=["stopped", "function tried again"])
def test_record_of_a_recovery_that_stopped_before_it_notified_does_not_count(
    notifications: list[Notification], by: str
) -> None:
    begin(by)
    notify_once()
    assert len(notifications) == 1
    assert record().complete


def test_what_could_not_be_undone_is_not_notified_every_hour(
    notifications: list[Notification],
) -> None:
    for _ in range(2):
        notify_once(Reason="The endpoint could not be restored.", Complete=False)
    assert len(notifications) == 1
    assert not record().complete
    notify_once(Reason="The endpoint serves old again.")
    assert [notification.message.split("\n\n")[1] for notification in notifications] == [
        "The endpoint could not be restored.",
        "The endpoint serves old again.",
    ]
    assert record().complete


def test_what_was_notified_already_is_complete_once_everything_is_undone(
    notifications: list[Notification],
) -> None:
    begin("over", message_id="message-0")
    assert notify_once() == "message-0"
    assert notifications == []
    assert record().complete


def test_failure_to_notify_leaves_the_record_incomplete(
    notifications: list[Notification], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOPIC_ARN", "")

    def denied(topic: str, notification: Notification) -> str:
        raise RuntimeError("Publish is denied")

    monkeypatch.setattr(topics, "publish", denied)
    with pytest.raises(RuntimeError):
        notify_once()
    assert not record().complete
