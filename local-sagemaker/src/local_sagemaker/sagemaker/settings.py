"""What the local SageMaker needs to know about the server around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from local_sagemaker.sagemaker.state_changes import Emit, nobody

GoesWrong = Callable[[str, Iterable[str]], bool]
"""Whether a piece of work with these names is to go wrong in this way, on purpose."""


def nothing_goes_wrong(_kind: str, _names: Iterable[str]) -> bool:
    """For a SageMaker without injected faults."""
    return False


KeepsOut = Callable[[str, str], bool]
"""Whether a role does not let SageMaker take it on: the ARNs of the role, and of what it is for."""


def nobody_keeps_out(_role: str, _source: str) -> bool:
    """For a SageMaker without IAM."""
    return False


@dataclass(frozen=True)
class Settings:
    """`endpoint_url` answers the services that SageMaker calls; jobs keep files below
    `work_directory`.

    `emit` takes the events that SageMaker sends to EventBridge; `goes_wrong` tells of injected
    faults (local_sagemaker.faults.kinds), `keeps_out` of roles that SageMaker may not take on. The
    seconds that a deployment waits on purpose are multiplied by `wait_scale`. `quotas` are those
    that are not generous.
    """

    endpoint_url: str
    work_directory: Path
    emit: Emit = nobody
    goes_wrong: GoesWrong = nothing_goes_wrong
    keeps_out: KeepsOut = nobody_keeps_out
    wait_scale: float = 1.0
    quotas: Mapping[str, int] = field(default_factory=dict)
