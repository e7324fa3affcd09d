"""The end of a recovery, kept in the execution's folder of the data bucket."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any, ClassVar

from tuning.variables.variable import Variable


class Recovery(Variable):
    """What Notify hears of the recovery that it notifies for."""

    id: str  # ARN of the execution of the recovery machine
    record: str  # name of the file of its RecoveryRecord


class RecoveryRecord(Variable):
    """The content of recovery-<start>-<n>.json, where n counts the redrives of the execution.

    The start tells executions apart that had one name: Step Functions forgets it after 90 days.

    `complete` says that people were notified, and that another recovery could undo no more.
    `message_id` is empty until they were.
    """

    UNREAD: ClassVar = "recovery-unread.json"  # of a recovery that could not read the progress

    recovery_id: str  # ARN of the execution of the recovery machine
    outcome: str
    reason: str = ""
    complete: bool = False
    message_id: str = ""

    @staticmethod
    def file(execution: Mapping[str, Any]) -> str:
        """The name of the file, by an answer of DescribeExecution or an entry of ListExecutions."""
        start = f"{execution['startDate'].astimezone(UTC):%Y%m%dT%H%M%SZ}"
        return f"recovery-{start}-{execution.get('redriveCount', 0)}.json"
