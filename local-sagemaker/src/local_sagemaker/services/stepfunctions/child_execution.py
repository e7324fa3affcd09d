"""Waits for an execution that a task has started, and stops it when the task ends first."""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.services.stepfunctions.json_values import to_json

_POLL_SECONDS = 0.2


class ChildFailed(Exception):
    """The child ended other than SUCCEEDED; the text is its description as JSON."""


class ChildExecution:
    """One execution, known by its ARN."""

    def __init__(self, client: Any, arn: str) -> None:
        self._client = client
        self._arn = arn

    def wait(self, env: Any, *, as_json: bool) -> dict[str, Any] | None:
        """The task's output; None when `env` ended before the child, which then is stopped.

        Input and Output are text, or their values with `as_json`. Raises ChildFailed.
        """
        while env.is_running():
            description = described(self._client.describe_execution(executionArn=self._arn))
            if description["Status"] == "SUCCEEDED":
                return description | (_values(description) if as_json else {})
            if description["Status"] != "RUNNING":
                raise ChildFailed(
                    json.dumps(description, ensure_ascii=False, separators=(",", ":"))
                )
            env.program_state_event.wait(_POLL_SECONDS)
        self._client.stop_execution(executionArn=self._arn)
        return None


def described(response: dict[str, Any]) -> dict[str, Any]:
    """An answer of Step Functions as its tasks give it: ExecutionArn, StartDate in ms, ..."""
    members = {name: item for name, item in response.items() if name != "ResponseMetadata"}
    capital: dict[str, Any] = _capitalized(to_json(members, times="milliseconds"))
    return capital


def _capitalized(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name[0].upper() + name[1:]: _capitalized(value[name]) for name in sorted(value)}


def _values(description: dict[str, Any]) -> dict[str, Any]:
    return {name: json.loads(description[name]) for name in ("Input", "Output")}
