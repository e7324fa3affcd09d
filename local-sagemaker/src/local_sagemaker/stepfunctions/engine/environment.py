"""What an execution has around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from local_sagemaker.stepfunctions.settings import Settings

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.execution import Execution
    from local_sagemaker.stepfunctions.engine.history import Event
    from local_sagemaker.stepfunctions.engine.visit import Visit

RunDistributed = Callable[["Visit"], Any]
"""Runs a Map state in DISTRIBUTED mode and gives its result, as `map_runs` does."""

Log = Callable[["Execution", "Event"], None]
"""Is told each event of an execution, for its machine's logging configuration."""


def no_log(_execution: Execution, _event: Event) -> None:
    """For machines without logging."""


@dataclass(frozen=True)
class Environment:
    """The region, the server's settings, and the parts that stand above the engine."""

    region: str
    run_distributed: RunDistributed
    settings: Settings = field(default_factory=Settings)
    log: Log = no_log
