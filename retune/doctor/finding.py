"""What a check has found: a line for a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Only what is bad keeps something from working."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """`text` says how it is, and of what is not ok what to do."""

    check: str
    status: Status
    text: str

    def as_document(self) -> dict[str, str]:
        """For programs."""
        return {"Check": self.check, "Status": self.status.value, "Text": self.text}


def ok(check: str, text: str) -> Finding:
    return Finding(check, Status.OK, text)


def warn(check: str, text: str) -> Finding:
    return Finding(check, Status.WARN, text)


def bad(check: str, text: str) -> Finding:
    return Finding(check, Status.BAD, text)
