"""One state, from its entry to its exit: its work, its retries, its catches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from local_sagemaker.stepfunctions.definition.machine import Chain, State
from local_sagemaker.stepfunctions.engine import catching, retrying
from local_sagemaker.stepfunctions.engine.branch import Branch
from local_sagemaker.stepfunctions.engine.history import INCLUDED
from local_sagemaker.stepfunctions.engine.outcome import Outcome
from local_sagemaker.stepfunctions.engine.sizes import (
    check_variables,
    checked_assignment,
    checked_text,
)
from local_sagemaker.stepfunctions.engine.states import perform
from local_sagemaker.stepfunctions.engine.timestamps import to_timestamp
from local_sagemaker.stepfunctions.failure import RUNTIME, StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.queries.scope import Scope

Walk = Callable[[Chain, Any, Branch], Any]
"""Runs the states of a chain on an input and gives their output."""

_RETRIED = ("Task", "Parallel", "Map")
_PLACE = "An error occurred while executing the state "
# Failures whose cause says in which state they happened. A cause that tells of something else,
# such as a function's exception, stands as it is. From recorded histories.
_PLACED = (
    RUNTIME,
    "States.IntrinsicFailure",
    "States.NoChoiceMatched",
    "States.ParameterPathFailure",
    "States.QueryEvaluationError",
    "States.ResultPathMatchFailure",
)


class Visit:
    """A state, its branch and its input, as its work and its expressions need them.

    `walk` runs the chains within it. `forked` says that the branches of a Parallel or Map state
    have started and not all succeeded. `seen` are the steps of its data, as TestState names them.
    """

    def __init__(self, state: State, branch: Branch, walk: Walk) -> None:
        self.state = state
        self.said = state.said
        self.branch = branch
        self.walk = walk
        self.given = branch.place.given
        self.retries = retrying.Retries(state.said.get("Retry", []))
        self.forked = False
        self.token: str | None = None
        self.seen: dict[str, Any] = {"input": self.given}
        self._before = branch.last
        self._entered_at = datetime.now(UTC)

    @property
    def is_jsonata(self) -> bool:
        return self.state.language == "JSONata"

    @property
    def entered(self) -> int:
        """The id of the event that tells of the entry."""
        return self.branch.place.entered

    def run(self) -> Outcome:
        """Enter, work and leave. Raises StateFailed when neither Retry nor Catch is for it."""
        if not self.entered:
            self._enter()
        while True:
            try:
                return self._leave(perform(self))
            except StateFailed as raised:
                failure = self.told(raised)
            seconds = self.retries.pause(failure)
            if seconds is None:
                return self._catch(failure)
            self.pause(seconds)
            self.branch.place.inner = {}

    def scope(self, **members: Any) -> Scope:
        """What the state's expressions see; `members` are a Scope's, such as `result`."""
        scope = Scope(
            input=self.given,
            context=self.context(),
            variables=self.branch.variables,
            state=self.state.name,
        )
        return scope.of(**members)

    def context(self) -> dict[str, Any]:
        """The context object."""
        found = dict(self.branch.execution.context)
        own: dict[str, Any] = {
            "Name": self.state.name,
            "EnteredTime": to_timestamp(self._entered_at),
        }
        if self.state.type in _RETRIED:
            own["RetryCount"] = self.retries.count
        found["State"] = own | found.get("State", {})
        if self.branch.map_item is not None:
            found["Map"] = self.branch.map_item
        if self.token is not None:
            found["Task"] = {"Token": self.token} | found.get("Task", {})
        return found

    def work(self, do: Callable[[], Any]) -> Any:
        """The result of the state's own work; a test of the state may put another in its place."""
        return do()

    def pause(self, seconds: float) -> None:
        """Wait, times the server's wait scale. Raises Stopped."""
        running = self.branch.running
        running.wait(seconds * self.branch.execution.environment.settings.wait_scale)
        running.check()

    def told(self, failure: StateFailed) -> StateFailed:
        """The failure with its place in its cause, once the history tells of it."""
        cause = failure.cause
        if failure.error in _PLACED and not (cause or "").startswith(_PLACE):
            entry = f"(entered at the event id #{self.entered})"
            cause = f"{_PLACE}'{self.state.name}' {entry}. {cause}"
        if failure.event:
            after = self._told_after(failure)
            details = {"error": failure.error, "cause": cause, **failure.details}
            self.branch.last = self.branch.beside(failure.event, after, **details)
        return replace(failure, cause=cause, event="")

    def _told_after(self, failure: StateFailed) -> int | None:
        """In recorded histories an evaluation follows what is before the entry, but in a Wait."""
        is_first = self.branch.last == self.entered and self.state.type != "Wait"
        return self._before if failure.event == "EvaluationFailed" and is_first else None

    def _enter(self) -> None:
        text = to_text(self.given)
        self.branch.place.entered = self.branch.record(
            f"{self.state.type}StateEntered",
            name=self.state.name,
            input=text,
            inputDetails=INCLUDED,
        )

    def _leave(self, outcome: Outcome) -> Outcome:
        text = checked_text(outcome.output, self.state.name)
        assigned = checked_assignment(outcome.assigned, self.state.name)
        sizes = {name: len(text.encode()) for name, text in assigned.items()}
        check_variables(self.branch.size_with(sizes), self.state.name)
        self.branch.record(
            f"{self.state.type}StateExited",
            name=self.state.name,
            output=text,
            outputDetails=INCLUDED,
            assignedVariables=assigned or None,
            assignedVariablesDetails=INCLUDED if assigned else None,
        )
        self.branch.assign(outcome.assigned, sizes)
        return outcome

    def _catch(self, failure: StateFailed) -> Outcome:
        is_own = failure.error == RUNTIME and not self.forked
        if self.state.type in ("Parallel", "Map") and not is_own:
            self.branch.record(f"{self.state.type}StateFailed")
        try:
            caught = catching.caught(self, failure)
        except StateFailed as raised:
            raise self.told(raised) from failure
        if caught is None:
            raise failure
        return self._leave(caught)
