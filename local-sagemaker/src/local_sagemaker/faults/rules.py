"""Which faults are wanted, and how often."""

from __future__ import annotations

import fnmatch
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from local_sagemaker.faults.kinds import CALL_KINDS
from local_sagemaker.faults.limits import limit_error
from local_sagemaker.faults.rule_check import check_rule

_DEFAULT_SECONDS = 2.0


@dataclass
class FaultRule:
    """One fault. `service`, `operation`, `caller` and `name` are patterns as of file names.

    `times` counts down to 0; None means until the rule is removed. A kind of call compares
    service, operation and caller; a kind of work compares the names of job, endpoint, endpoint
    config, model or function. `seconds` is how long a timeout takes.
    """

    id: str
    kind: str
    service: str = "*"
    operation: str = "*"
    caller: str = "*"
    name: str = "*"
    times: int | None = 1
    seconds: float = _DEFAULT_SECONDS
    hits: int = field(default=0)

    @classmethod
    def of(cls, number: int, request: Any) -> FaultRule:
        """Read a rule that came as JSON; raises RuleError as check_rule does."""
        check_rule(request)
        return cls(id=str(number), **request)

    def applies_to(self, service: str, operation: str, caller: str) -> bool:
        """Whether it is for calls and its patterns match this one."""
        values = {"service": service, "operation": operation, "caller": caller}
        matches = all(_like(value, getattr(self, key)) for key, value in values.items())
        if self.kind == "limit-reached" and matches:
            return limit_error(service, operation) is not None
        return self.kind in CALL_KINDS and matches

    @property
    def spent(self) -> bool:
        return self.times is not None and self.hits >= self.times


class Faults:
    """The rules of a server; every method locks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[FaultRule] = []
        self._added = 0

    def add(self, request: Any) -> FaultRule:
        """Raises RuleError."""
        with self._lock:
            rule = FaultRule.of(self._added + 1, request)
            self._added += 1
            self._rules.append(rule)
            return rule

    def all(self) -> list[FaultRule]:
        with self._lock:
            return list(self._rules)

    def remove(self, rule_id: str | None = None) -> int:
        """Remove one rule or all; how many there were."""
        with self._lock:
            before = len(self._rules)
            self._rules = [rule for rule in self._rules if rule_id not in (None, rule.id)]
            return before - len(self._rules)

    def for_call(self, service: str, operation: str, caller: str) -> FaultRule | None:
        """The fault that this call meets, counted."""
        with self._lock:
            for rule in self._rules:
                if rule.applies_to(service, operation, caller) and not rule.spent:
                    rule.hits += 1
                    return rule
        return None

    def for_work(self, kind: str, names: Iterable[str]) -> bool:
        """Whether this piece of work is to go wrong in this way, counted."""
        known = list(names)
        with self._lock:
            for rule in self._rules:
                matches = any(_like(name, rule.name) for name in known)
                if rule.kind == kind and matches and not rule.spent:
                    rule.hits += 1
                    return True
        return False


def _like(value: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(value.lower(), pattern.lower())
