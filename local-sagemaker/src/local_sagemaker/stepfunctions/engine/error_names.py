"""Which errors the names in ErrorEquals mean."""

from __future__ import annotations

from collections.abc import Sequence

from local_sagemaker.stepfunctions.engine.sizes import DATA_LIMIT
from local_sagemaker.stepfunctions.failure import RUNTIME, StateFailed

_ALL, _TASK_FAILED, _TIMEOUT = "States.ALL", "States.TaskFailed", "States.Timeout"


def matches(names: Sequence[str], failure: StateFailed) -> bool:
    """States.ALL and States.TaskFailed are wild; nothing at all matches States.Runtime.

    https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html, and a
    recorded history in which a Catch of States.Runtime does not catch it.
    """
    error = failure.error
    if error == RUNTIME:
        return False
    if any(name in names for name in (error, *failure.also_named)):
        return True
    if error == DATA_LIMIT:
        return False
    return _ALL in names or (_TASK_FAILED in names and error != _TIMEOUT)
