"""One iteration of a Map Run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from local_sagemaker.stepfunctions.engine.execution import Execution

FAILED = ("FAILED", "TIMED_OUT", "ABORTED")


@dataclass(eq=False)
class Iteration:
    """The input of an execution, how many items it has, and the execution once it has started."""

    given: Any
    items: int
    execution: Execution | None = None

    @property
    def status(self) -> str:
        return self.execution.status if self.execution else "PENDING"

    @property
    def is_over(self) -> bool:
        return self.status not in ("PENDING", "RUNNING")
