"""$cleaned and $pruned: what of an execution is gone."""

from __future__ import annotations

from tuning.variables.variable import Variable


class Removed(Variable):
    """Names of jobs that were stopped, and of what was deleted: models, configs, packages, and
    keys of a model that was brought.

    `error` is there when the state failed: the cause that its Catch was given.
    """

    stopped: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    error: str | None = None
