"""Choice: the first rule that holds says what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_sagemaker.stepfunctions.engine.data_flow import effective_input, without_result
from local_sagemaker.stepfunctions.engine.outcome import Outcome
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.queries import choice

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit

_NO_CHOICE = "Failed to transition out of the state. The state does not point to a next state."


def perform(visit: Visit) -> Outcome:
    """A rule has its own Assign and Output; those of the state are for its Default."""
    scope = visit.scope(input=effective_input(visit))
    for index, rule in enumerate(visit.said["Choices"]):
        field = f"Choices[{index}]"
        if choice.matches(rule, scope, visit.state.language, field):
            paths = {name: visit.said[name] for name in ("OutputPath",) if name in visit.said}
            chosen = without_result(visit, paths | rule, f"{field}/")
            return Outcome(chosen.output, rule["Next"], chosen.assigned)
    if "Default" not in visit.said:
        raise StateFailed("States.NoChoiceMatched", _NO_CHOICE)
    default = without_result(visit)
    return Outcome(default.output, visit.said["Default"], default.assigned)
