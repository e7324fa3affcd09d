"""A record of the permissions that roles were asked for, each once."""

from __future__ import annotations

import threading
from typing import Any

from local_sagemaker.faults.operations import Operation
from local_sagemaker.iam.need import Need
from local_sagemaker.iam.policies.evaluation import Verdict
from local_sagemaker.services.permissions.identities import Identity

_KEPT = 20_000


class AskedPermissions:
    """The first 20,000 that differ; every method locks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: dict[tuple[Any, ...], dict[str, Any]] = {}

    def note(self, identity: Identity, operation: Operation, need: Need, verdict: Verdict) -> None:
        context = {key: list(values) for key, values in sorted(need.context.items())}
        entry = {
            "principal": identity.principal.issuer,
            "session": identity.principal.arn,
            "operation": f"{operation.service}:{operation.name}",
            "action": need.action,
            "resource": need.resource,
            "context": context,
            "allowed": verdict.is_allowed,
            "reason": "" if verdict.is_allowed else verdict.reason(need.action),
        }
        with self._lock:
            if len(self._asked) < _KEPT:
                self._asked.setdefault(tuple(map(str, entry.values())), entry)

    def all(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._asked.values())

    def clear(self) -> None:
        with self._lock:
            self._asked.clear()
