"""Lets only one of several recoveries of the same end notify people of it."""

from __future__ import annotations

from dataclasses import dataclass

from tuning.aws.executions import is_running
from tuning.aws.run_folder import RunFolder
from tuning.variables.recovery_record import RecoveryRecord


@dataclass(frozen=True)
class RecoveryRecords:
    """The file of an execution's folder that recoveries of one end share."""

    folder: RunFolder
    file: str

    def begin(self, mine: RecoveryRecord) -> RecoveryRecord | None:
        """None when the recovery of `mine` is to notify; else the record of the one that does.

        A second notification is sent only if the outcome or its reason has changed. The record of
        a recovery that was stopped before it had notified does not count.
        """
        if self.folder.create(self.file, mine.to_document()):
            return None
        other = RecoveryRecord.parse(self.folder.read(self.file) or mine.to_document())
        if other.message_id:
            return other if other.complete or _same_words(other, mine) else None
        waits = other.recovery_id != mine.recovery_id and is_running(other.recovery_id)
        return other if waits else None

    def keep(self, record: RecoveryRecord) -> None:
        """Puts a record in place of what lies there."""
        self.folder.write(self.file, record.to_document())


def _same_words(one: RecoveryRecord, other: RecoveryRecord) -> bool:
    return (one.outcome, one.reason) == (other.outcome, other.reason)
