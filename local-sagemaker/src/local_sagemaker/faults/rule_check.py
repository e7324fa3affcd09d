"""Refuses a rule that cannot be meant."""

from __future__ import annotations

from typing import Any

from local_sagemaker.faults.kinds import CALL_PATTERNS, KINDS, MEMBERS, PATTERNS, members_of
from local_sagemaker.faults.limits import find_no_limit
from local_sagemaker.faults.names import find_mistake

_LONGEST_SECONDS = 86_400  # a day


class RuleError(ValueError):
    """A rule that cannot be meant; the text says what is wrong with it."""


def check_rule(request: Any) -> None:
    """Look at a rule as it came in JSON.

    Raises:
        RuleError: unknown members or kinds, members that the kind does not look at, values of
            another type or out of bounds, patterns that match no call.
    """
    if not isinstance(request, dict):
        raise RuleError("A fault is a JSON object.")
    _check_members(request)
    _check_values(request)
    service, operation, caller = (request.get(member, "*") for member in CALL_PATTERNS)
    mistake = find_mistake(service, operation, caller)
    if not mistake and request["kind"] == "limit-reached":
        mistake = find_no_limit(service, operation)
    if mistake:
        raise RuleError(mistake)


def _check_members(request: dict[str, Any]) -> None:
    unknown = sorted(set(request) - set(MEMBERS))
    if unknown:
        raise RuleError(
            f"A fault has no member {' or '.join(unknown)}; it has {', '.join(MEMBERS)}."
        )
    kind = request.get("kind")
    if kind not in KINDS:
        raise RuleError(f"kind {kind!r} is none of {', '.join(KINDS)}.")
    ignored = sorted(set(request) - set(members_of(kind)))
    if ignored:
        raise RuleError(
            f"A fault of kind {kind} does not look at {' or '.join(ignored)}: leave it out."
        )


def _check_values(request: dict[str, Any]) -> None:
    for member in PATTERNS:
        pattern = request.get(member, "*")
        if not isinstance(pattern, str):
            raise RuleError(f"{member} must be text; it is {pattern!r}.")
    times = request.get("times", 1)
    if times is not None and (not _is_number(times, int) or times < 1):
        raise RuleError(f"times must be 1 or more, or null for always; it is {times!r}.")
    seconds = request.get("seconds", 0)
    if not _is_number(seconds, int | float) or not 0 <= seconds <= _LONGEST_SECONDS:
        raise RuleError(
            f"seconds must be a number from 0 to {_LONGEST_SECONDS}; it is {seconds!r}."
        )


def _is_number(value: Any, of: Any) -> bool:
    """Python's True is a number; JSON's is none."""
    return isinstance(value, of) and not isinstance(value, bool)
