"""What each type of state does, a file a type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from local_sagemaker.stepfunctions.engine.outcome import Outcome
from local_sagemaker.stepfunctions.engine.states import (
    choice_state,
    fail_state,
    map_state,
    parallel_state,
    pass_state,
    succeed_state,
    task_state,
    wait_state,
)

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit

_TYPES: Mapping[str, Callable[[Visit], Outcome]] = {
    "Choice": choice_state.perform,
    "Fail": fail_state.perform,
    "Map": map_state.perform,
    "Parallel": parallel_state.perform,
    "Pass": pass_state.perform,
    "Succeed": succeed_state.perform,
    "Task": task_state.perform,
    "Wait": wait_state.perform,
}


def perform(visit: Visit) -> Outcome:
    """One attempt at the state's work. Raises StateFailed."""
    return _TYPES[visit.state.type](visit)
