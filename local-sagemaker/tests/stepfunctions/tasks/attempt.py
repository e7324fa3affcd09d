"""Runs one attempt of a Task state, as the engine would."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.tasks import tokens
from local_sagemaker.stepfunctions.tasks.run import run
from local_sagemaker.stepfunctions.tasks.task import TaskRequest

REGION = "us-east-1"
MACHINE = f"arn:aws:states:{REGION}:123456789012:stateMachine:m"
EXECUTION = f"arn:aws:states:{REGION}:123456789012:execution:m:e"
MACHINE_ROLE = "arn:aws:iam::123456789012:role/machine"


class Over(Exception):
    """What this engine ends with."""


class Execution:
    """One that runs until it is stopped."""

    def __init__(self) -> None:
        self._over = threading.Event()

    @property
    def is_running(self) -> bool:
        return not self._over.is_set()

    def check(self) -> None:
        if self._over.is_set():
            raise Over

    def stop(self) -> None:
        self._over.set()


@dataclass
class Attempt:
    """`events` are pairs of type and details; the end of the task is one of the other three."""

    token: str = field(default_factory=tokens.new_token)
    execution: Execution = field(default_factory=Execution)
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    result: Any = None
    failure: StateFailed | None = None
    is_over: bool = False
    thread: threading.Thread | None = None

    @property
    def types(self) -> list[str]:
        return [kind for kind, _details in self.events]

    def details(self, kind: str) -> dict[str, Any]:
        (found,) = [details for name, details in self.events if name == kind]
        return found

    def until(self, kind: str) -> dict[str, Any]:
        """The details of an event that is to come."""
        deadline = time.monotonic() + 10
        while kind not in self.types:
            assert time.monotonic() < deadline, self
            time.sleep(0.01)
        return self.details(kind)

    def end(self) -> Attempt:
        assert self.thread is not None
        self.thread.join(20)
        assert not self.thread.is_alive()
        return self

    def _record(self, kind: str, **details: Any) -> None:
        self.execution.check()
        self.events.append(
            (kind, {name: item for name, item in details.items() if item is not None})
        )

    def run(self, resource: str, parameters: Any, **more: Any) -> None:
        request = TaskRequest(
            resource=resource if resource.startswith("arn:") else f"arn:aws:states:::{resource}",
            parameters=_with_token(parameters, self.token),
            context={
                "Execution": {"Id": EXECUTION},
                "StateMachine": {"Id": MACHINE, "Name": "m"},
                "State": {"Name": "s"},
                "Task": {"Token": self.token},
            },
            region=REGION,
            record=self._record,
            running=self.execution,
            role_arn=MACHINE_ROLE,
            **more,
        )
        try:
            self.result = run(request)
        except StateFailed as failure:
            self.failure = failure
        except Over:
            self.is_over = True


def begun(resource: str, parameters: Any, **more: Any) -> Attempt:
    """A task under way. `<token>` in its parameters stands for its token."""
    attempt = Attempt()
    attempt.thread = threading.Thread(
        target=attempt.run, args=(resource, parameters), kwargs=more, daemon=True
    )
    attempt.thread.start()
    return attempt


def ended(resource: str, parameters: Any, **more: Any) -> Attempt:
    return begun(resource, parameters, **more).end()


def failed(resource: str, parameters: Any, **more: Any) -> StateFailed:
    attempt = ended(resource, parameters, **more)
    assert attempt.failure is not None, attempt
    return attempt.failure


def _with_token(parameters: Any, token: str) -> Any:
    found: Any = json.loads(json.dumps(parameters).replace("<token>", token))
    return found if not isinstance(found, Mapping) else dict(found)
