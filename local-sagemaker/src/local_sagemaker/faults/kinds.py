"""The kinds of faults, and the members that a rule of each kind looks at."""

from __future__ import annotations

CALL_KINDS = (
    "throttling",
    "access-denied",
    "validation",
    "limit-reached",
    "service-failure",
    "timeout",
    "crash-after",
)
WORK_KINDS = (
    "no-capacity",
    "kill-training",
    "kill-processing",
    "no-metric",
    "fail-serving",
    "answer-nan",
    "out-of-memory",
    "function-timeout",
)
KINDS = (*CALL_KINDS, *WORK_KINDS)
CALL_PATTERNS = ("service", "operation", "caller")
PATTERNS = (*CALL_PATTERNS, "name")
MEMBERS = ("kind", *PATTERNS, "times", "seconds")


def members_of(kind: str) -> tuple[str, ...]:
    """What a rule of the kind may say."""
    patterns = CALL_PATTERNS if kind in CALL_KINDS else ("name",)
    seconds = ("seconds",) if kind == "timeout" else ()
    return ("kind", *patterns, "times", *seconds)
