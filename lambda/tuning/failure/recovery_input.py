"""The input of the recovery machine, which a person may start too: what it is to undo, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from tuning.errors import Fault, InvalidInput

_EXECUTION = re.compile(r"arn:[^:]+:states:[^:]+:\d{12}:execution:[^:]+:[^:]+")
NO_CAUSE = "No cause was given."


@dataclass(frozen=True)
class RecoveryInput:
    """Members of EventBridge's "Step Functions Execution Status Change"."""

    execution_arn: str
    status: str
    error: str
    cause: str

    @classmethod
    def parse(cls, document: Any) -> Self:
        """The members that recovery goes by; others are left alone.

        Raises:
            InvalidInput: every member that is missing or cannot be meant.
        """
        given: dict[str, Any] = document if isinstance(document, dict) else {}
        faults = list(_faults(given))
        if faults:
            raise InvalidInput(faults)
        error, cause = given.get("error") or "", given.get("cause") or NO_CAUSE
        return cls(given["executionArn"], given["status"], error, cause)

    @property
    def caught(self) -> bool:
        """Whether the execution waits for its recovery; else it has ended."""
        return self.status == "RUNNING"

    def refuse_success(self, execution: dict[str, Any]) -> None:
        """Raises InvalidInput for an execution that came to no end that could be recovered from."""
        status = execution["status"]
        if status == "SUCCEEDED" or (status == "RUNNING" and not self.caught):
            rule = f"This execution is {status}: there is nothing to recover."
            fix = "Name one that has FAILED, was ABORTED or has TIMED_OUT."
            raise InvalidInput([Fault("executionArn", self.execution_arn, rule, fix)])


def _faults(given: dict[str, Any]) -> Iterator[Fault]:
    arn, status = given.get("executionArn"), given.get("status")
    if not isinstance(arn, str) or not _EXECUTION.fullmatch(arn):
        rule = "Recovery needs the ARN of an execution of the workflow."
        yield Fault("executionArn", arn, rule, 'Give {"executionArn": "...", "status": "FAILED"}.')
    if not isinstance(status, str):
        rule = "Recovery needs the status that the execution has ended with."
        yield Fault("status", status, rule, "Give FAILED, ABORTED or TIMED_OUT.")
    for member in ("error", "cause"):
        text = given.get(member)
        if not isinstance(text, str | None):
            yield Fault(member, text, "It is no text.", "Leave it out, or give a text.")
    if status == "RUNNING" and not given.get("error"):
        rule = "With the status RUNNING, recovery is told the error that it is to explain."
        yield Fault(
            "error", None, rule, "Give it, or the status that the execution has ended with."
        )
