"""Finds and removes all that has a prefix, in the order in which AWS lets it go."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from botocore.exceptions import BotoCoreError, ClientError

from retune.acceptance.removal import deployment, hosting, made_by_scenarios, work
from retune.acceptance.removal.kind import Kind
from retune.aws import Aws, is_local, seconds_between_looks
from retune.errors import FailedError

KINDS = (
    work.EXECUTIONS,
    work.JOBS,
    hosting.ENDPOINTS,
    hosting.ENDPOINT_CONFIGS,
    hosting.MODELS,
    hosting.MODEL_PACKAGE_GROUPS,
    deployment.FULL_BUCKETS,
    deployment.STACK,
    deployment.BUCKETS,
    made_by_scenarios.SCHEDULES,
    made_by_scenarios.ALARMS,
    made_by_scenarios.RULES,
    made_by_scenarios.QUEUES,
    made_by_scenarios.STATE_MACHINES,
    made_by_scenarios.ROLES,
    deployment.LOG_GROUPS,
    deployment.LOG_STREAMS,
)
_REFUSALS = (ClientError, BotoCoreError, FailedError)
_PATIENCE = 1800  # seconds for a kind: an endpoint that is updated takes no deletion until it ends


def remains(aws: Aws, prefix: str) -> Iterator[str]:
    """What has the prefix now, a line each."""
    for kind in KINDS:
        for name in kind.find(aws, prefix):
            yield f"{kind.name} {name}"


def remove_all(aws: Aws, prefix: str, tell: Callable[[str], None]) -> None:
    """Removes it kind by kind; what does not go, or cannot be listed, does not keep the next kind
    from going.

    Raises:
        FailedError: with all that is left, and AWS's reasons.
    """
    faults = [fault for kind in KINDS for fault in _remove(kind, aws, prefix, tell)]
    if faults:
        raise FailedError(
            "This is left in the account and may cost money. Run `retune accept` again, which "
            "goes on with removing it, or remove it yourself:\n" + "\n".join(faults)
        )


def _remove(kind: Kind, aws: Aws, prefix: str, tell: Callable[[str], None]) -> list[str]:
    """Asks for each once, and again where AWS refuses; returns what is left in the end, and why."""
    until = time.monotonic() + (60 if is_local() else _PATIENCE)
    asked: set[str] = set()
    faults: dict[str, str] = {}
    while True:
        try:
            names = kind.find(aws, prefix)
        except _REFUSALS as fault:
            known = [f"{kind.name} {name}: {why}" for name, why in faults.items()]
            return [*known, f"{kind.name}: what there is could not be listed: {fault}"]
        if not names:
            return []
        for name in names:
            if name not in asked:
                faults.pop(name, None)
                try:
                    kind.remove(aws, name)
                except _REFUSALS as fault:
                    faults[name] = str(fault)
                else:
                    asked.add(name)
                    tell(f"{kind.name} {name}")
        if time.monotonic() > until:
            return [f"{kind.name} {name}: {faults.get(name, 'is still there')}" for name in names]
        time.sleep(seconds_between_looks() / 4)
