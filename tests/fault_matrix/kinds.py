"""The ways in which a call goes wrong, and the words by which each can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from local_sagemaker.faults.limits import limit_error

from tests.fault_matrix.discovery import WorkflowCall


@dataclass(frozen=True)
class Kind:
    """`outcome` is what a lasting fault is to be called; None when it must not show at all.

    `words` are part of AWS's answer, with {service} and {operation} of the call.
    """

    name: str
    rule: dict[str, Any]
    outcome: str | None = None
    words: str = ""

    def fits(self, call: WorkflowCall) -> bool:
        """Only some calls can meet a quota."""
        meets_quotas = limit_error(call.service, call.operation) is not None
        return meets_quotas or self.rule["kind"] != "limit-reached"

    def words_for(self, call: WorkflowCall) -> str:
        return self.words.format(service=call.service, operation=call.operation)


KINDS = (
    Kind(
        "throttling", {"kind": "throttling", "times": None},
        outcome="Throttled", words="Rate exceeded",
    ),
    Kind(
        "access denied", {"kind": "access-denied", "times": None},
        outcome="AccessDenied", words="is not authorized to perform: {service}:{operation}",
    ),
    Kind(
        "validation", {"kind": "validation", "times": None},
        outcome="of the state", words="an injected fault of {service}:{operation}",
    ),
    Kind(
        "limit reached", {"kind": "limit-reached", "times": None},
        outcome="LimitReached", words="injected fault of",
    ),
    Kind(
        "service failure", {"kind": "service-failure", "times": None},
        outcome="ServiceFailed", words="internal error",
    ),
    Kind(
        "timeout", {"kind": "timeout", "times": None, "seconds": 0.05},
        outcome="ServiceFailed", words="endpoint URL",
    ),
    Kind("throttling that heals", {"kind": "throttling", "times": 2}),
    Kind("crash after effect", {"kind": "crash-after", "times": 1}),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
