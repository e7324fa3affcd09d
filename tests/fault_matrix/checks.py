"""What became of an execution, compared with what is expected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tuning.failure.outcomes import OUTCOMES

from tests.fault_matrix.expectation import Expected
from tests.fault_matrix.observation import Serving


@dataclass(frozen=True)
class State:
    """What is there before or after an execution."""

    serving: Serving | None
    resources: frozenset[str]


@dataclass(frozen=True)
class Run:
    """An execution that has ended, and what was and is around it."""

    described: dict[str, Any]
    before: State
    after: State
    messages: list[dict[str, Any]]
    running_jobs: list[str]
    undelivered: bool

    @property
    def explained(self) -> bool:
        """Whether the execution itself tells its outcome; if not, the message about it does."""
        succeeded = self.described["status"] == "SUCCEEDED"
        return succeeded or self.described.get("error") in OUTCOMES

    @property
    def told_outcomes(self) -> list[str]:
        return [message["MessageAttributes"]["Outcome"]["Value"] for message in self.messages]

    @property
    def outcome(self) -> str:
        """As people see it."""
        if self.described["status"] == "SUCCEEDED":
            return str(self.output.get("Outcome"))
        if self.explained or not self.messages:
            return str(self.described.get("error", self.described["status"]))
        return self.told_outcomes[-1]

    @property
    def output(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.described.get("output") or "{}")
        return document

    @property
    def told(self) -> str:
        """The whole text that a person reads: the cause, or the message about it."""
        if self.explained:
            return str(self.described.get("cause") or "")
        return "\n".join(message["Message"] for message in self.messages)


def problems(expected: Expected, run: Run) -> Iterator[str]:
    """Each thing that is not as it must be, as a sentence."""
    if run.outcome not in expected.outcome.split(" or "):
        yield f"It ended as {run.outcome} instead of {expected.outcome}: {run.told[:600]}"
    yield from _text(expected, run)
    yield from _serving(expected, run)
    yield from _leftovers(expected, run)
    yield from _messages(expected, run)
    yield from _untold_errors(expected, run)


def _text(expected: Expected, run: Run) -> Iterator[str]:
    text = json.dumps(run.output.get(expected.place)) if expected.place else run.told
    if (expected.place or not expected.succeeds) and expected.words not in text:
        yield f"It does not say '{expected.words}': {text[:800]}"
    if expected.succeeds or not run.explained:
        return
    if expected.state and not run.told.startswith(f"{expected.state}: "):
        yield f"The cause does not begin with the state {expected.state}: {run.told[:300]}"
    outcome = OUTCOMES.get(run.outcome)
    if outcome and f"What to do: {outcome.action}" in run.told and "ndpoint" not in run.told:
        yield f"The cause does not tell what became of the endpoint: {run.told[:600]}"


def _untold_errors(expected: Expected, run: Run) -> Iterator[str]:
    """Prune and Notify fail without an effect on the outcome; that is seen here."""
    for place in ("Pruned", "Notified"):
        error = run.output.get(place, {}).get("Error")
        if error and expected.place != place:
            yield f"{place}: {error}"


def _serving(expected: Expected, run: Run) -> Iterator[str]:
    before, after = run.before.serving, run.after.serving
    if expected.serves == "old" and before != after:
        yield f"The endpoint is not as before: {before} became {after}"
    if expected.serves == "new":
        if after is None or after.status != "InService" or after == before:
            yield f"The endpoint does not serve the new model: {after}"
        elif before is not None and before.predictions == after.predictions:
            yield "The endpoint predicts what the old model predicted."


def _leftovers(expected: Expected, run: Run) -> Iterator[str]:
    if run.running_jobs and expected.leaves != "any":
        yield f"Jobs are still running: {run.running_jobs}"
    new = run.after.resources - run.before.resources
    if expected.leaves == "undeployed":
        new = frozenset(name for name in new if not name.startswith("ModelPackage "))
    if expected.leaves in ("nothing", "undeployed") and new:
        yield f"Left behind: {sorted(new)}"
    if expected.leaves == "deployed":
        kinds = sorted(name.split()[0] for name in run.after.resources)
        if kinds != ["Endpoint", "EndpointConfig", "Model", "ModelPackage"]:
            yield f"Besides what serves: {sorted(run.after.resources)}"
    if expected.leaves == "the one before":
        models = [name for name in run.after.resources if name.startswith("Model ")]
        if len(models) > 2:
            yield f"Besides what serves and the one before: {sorted(models)}"


def _messages(expected: Expected, run: Run) -> Iterator[str]:
    told = run.told_outcomes
    if expected.messages and run.outcome not in told:
        yield f"Nobody was told of {expected.outcome}, but of {told}"
    if not expected.messages and told:
        yield f"Told although it could not be: {told}"
    if run.undelivered:
        yield "The event is in the dead-letter queue."
