"""$cleaned and $pruned: what of an execution is gone."""

from __future__ import annotations

from tuning.variables.variable import Variable


class Removed(Variable):
    """Names of jobs that were stopped, and of models, configs and packages that were deleted.

    `error` is there when the state failed: the cause that its Catch was given.
    """

    stopped: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    error: str | None = None
