"""The end of a recovery, kept in the execution's folder of the data bucket."""

from __future__ import annotations

from tuning.variables.variable import Variable


class Recovery(Variable):
    """What Notify hears of the recovery that it notifies for."""

    id: str  # ARN of the execution of the recovery machine
    record: str  # name of the file of its RecoveryRecord


class RecoveryRecord(Variable):
    """The content of recovery-<n>.json, where n counts the redrives of the execution.

    `complete` says that people were notified, and that another recovery could undo no more.
    `message_id` is empty until they were.
    """

    recovery_id: str  # ARN of the execution of the recovery machine
    outcome: str
    reason: str = ""
    complete: bool = False
    message_id: str = ""

    @staticmethod
    def file(redrive_count: int) -> str:
        """The name of the file."""
        return f"recovery-{redrive_count}.json"
