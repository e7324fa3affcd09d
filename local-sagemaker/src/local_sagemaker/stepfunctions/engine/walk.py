"""States one after the other, from where a line stands to its end."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.definition.machine import Chain
from local_sagemaker.stepfunctions.engine.branch import Branch
from local_sagemaker.stepfunctions.engine.visit import Visit


def walk(chain: Chain, given: Any, branch: Branch) -> Any:
    """The chain's output. Raises StateFailed for a failure that no state has caught."""
    place = branch.place
    if not place.state:
        place.turn_to(chain.start_at, given)
    while not place.is_through:
        branch.running.check()
        step = Visit(chain.states[place.state], branch, walk).run()
        if step.next is None:
            place.output = step.output
        else:
            place.turn_to(step.next, step.output)
    return place.output
