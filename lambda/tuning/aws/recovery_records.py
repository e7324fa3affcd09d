"""Lets one of several recoveries of the same end tell people about it."""

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

    def claim(self, mine: RecoveryRecord) -> RecoveryRecord | None:
        """None when it is up to `mine` to tell; else the record of the recovery that has told.

        What was told is told again only if it is something else by now. A claim of a recovery that
        runs no more, because somebody stopped it, is void.
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
