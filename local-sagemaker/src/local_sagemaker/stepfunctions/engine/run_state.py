"""One state alone, as TestState runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from local_sagemaker.stepfunctions.definition.machine import Chain, State
from local_sagemaker.stepfunctions.engine import catching
from local_sagemaker.stepfunctions.engine.bookmark import Bookmark
from local_sagemaker.stepfunctions.engine.branch import Branch
from local_sagemaker.stepfunctions.engine.environment import Environment
from local_sagemaker.stepfunctions.engine.execution import Execution
from local_sagemaker.stepfunctions.engine.outcome import Outcome
from local_sagemaker.stepfunctions.engine.retrying import Retries
from local_sagemaker.stepfunctions.engine.revision import Revision
from local_sagemaker.stepfunctions.engine.running import Running
from local_sagemaker.stepfunctions.engine.states import perform
from local_sagemaker.stepfunctions.engine.visit import Visit
from local_sagemaker.stepfunctions.engine.walk import walk
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.queries.scope import ABSENT

Mock = Callable[[Visit], Any]
"""Gives the result of a state's work in its place, or raises the StateFailed that it fails with."""

TestStatus = Literal["SUCCEEDED", "FAILED", "RETRIABLE", "CAUGHT_ERROR"]


@dataclass(frozen=True)
class Tested:
    """What became of the state.

    `output` is ABSENT where it has none. `seen` are the steps of its data by the names of
    inspectionData (input, afterInputPath, ..., errorDetails), as values; `assigned` its variables.
    """

    status: TestStatus
    output: Any = ABSENT
    next_state: str | None = None
    error: str | None = None
    cause: str | None = None
    seen: Mapping[str, Any] = field(default_factory=dict)
    assigned: Mapping[str, Any] = field(default_factory=dict)


def run_state(
    state: State,
    given: Any,
    environment: Environment,
    revision: Revision,
    *,
    context: Mapping[str, Any] | None = None,
    variables: Mapping[str, Any] | None = None,
    mock: Mock | None = None,
    retries: int = 0,
) -> Tested:
    """Enter the state with this input and leave it, without waiting for a retry.

    Causes do not say in which state they happened, as an execution's do.

    `context` is the whole context object, if it is not the usual one; `retries` how often the
    state was tried before.
    """
    execution = Execution(revision, state.name, given, environment)
    chain = Chain(state.name, {state.name: state}, state.language, {})
    place = Bookmark(state.name, given, variables=dict(variables or {}))
    visit = _Alone(state, Branch(execution, chain, Running(), place), context, mock)
    visit.retries = Retries(state.said.get("Retry", []), retries)
    try:
        return _ended("SUCCEEDED", visit, perform(visit))
    except StateFailed as raised:
        return _failed(visit, raised)


class _Alone(Visit):
    """A visit with what a test has in place of the context object and of the state's work."""

    def __init__(
        self, state: State, branch: Branch, context: Mapping[str, Any] | None, mock: Mock | None
    ) -> None:
        super().__init__(state, branch, walk)
        self._context = context
        self._mock = mock

    def context(self) -> dict[str, Any]:
        return super().context() if self._context is None else dict(self._context)

    def work(self, do: Callable[[], Any]) -> Any:
        return do() if self._mock is None else self._mock(self)


def _failed(visit: Visit, failure: StateFailed) -> Tested:
    error, cause = failure.error, failure.cause
    if visit.retries.pause(failure) is not None:
        visit.seen["errorDetails"] = {
            "retryBackoffIntervalSeconds": int(visit.retries.seconds),
            "retryIndex": visit.retries.index,
        }
        return Tested("RETRIABLE", error=error, cause=cause, seen=visit.seen)
    if visit.retries.index is not None:
        visit.seen["errorDetails"] = {"retryIndex": visit.retries.index}
    try:
        caught = catching.caught(visit, failure)
    except StateFailed as raised:
        return Tested("FAILED", error=raised.error, cause=raised.cause, seen=visit.seen)
    if caught is None:
        return Tested("FAILED", error=error, cause=cause, seen=visit.seen)
    return _ended("CAUGHT_ERROR", visit, caught, error=error, cause=cause)


def _ended(status: TestStatus, visit: Visit, outcome: Outcome, **failure: str | None) -> Tested:
    return Tested(
        status,
        output=outcome.output,
        next_state=outcome.next,
        seen=visit.seen,
        assigned=outcome.assigned,
        **failure,
    )
