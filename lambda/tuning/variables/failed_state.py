"""A state that failed, and what it failed with."""

from __future__ import annotations

from tuning.variables.variable import Variable


class FailedState(Variable):
    """`error` and `cause` are those that its Catch was given.

    For an end of the whole execution that no Catch hears of, `state` is "Step Functions", `error`
    the status of the execution, and `cause` says why.
    """

    state: str
    error: str
    cause: str
