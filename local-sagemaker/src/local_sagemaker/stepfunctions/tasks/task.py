"""What a Task state asks for, and what it gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class Running(Protocol):
    """The execution, as far as a task must know of it."""

    @property
    def is_running(self) -> bool:
        """False once it was stopped, is out of time, or a sibling branch has failed."""

    def check(self) -> None:
        """Raises what the engine ends a line of states with, once it does not run any more."""


@dataclass(frozen=True)
class TaskRequest:
    """One attempt of a Task state.

    `resource` is the state's ARN, `parameters` what its Parameters or Arguments came to, or its
    input where it has none. `context` is the context object, with `Task.Token` where
    `resource.parse(...).has_token`. `record` adds an event to the history, with the members of its
    details: `record("TaskSubmitted", resource="invoke", ...)`. Times are in seconds; None for no
    limit of the state's own. `role_arn` is the machine's role, `credentials_role_arn` that of the
    state's Credentials.
    """

    resource: str
    parameters: Any
    context: Mapping[str, Any]
    region: str
    record: Callable[..., object]
    running: Running
    timeout_seconds: float | None = None
    heartbeat_seconds: float | None = None
    role_arn: str | None = None
    credentials_role_arn: str | None = None
    language: str = "JSONPath"
