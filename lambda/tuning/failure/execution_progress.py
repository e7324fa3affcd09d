"""How far an execution had come when it was stopped or broke, read from its history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_ASKED_FOR = ("createEndpoint", "updateEndpoint")
_DEPLOYING = ("CreateEndpoint", "UpdateEndpoint")
OUTCOMES = {"ABORTED": "Cancelled", "TIMED_OUT": "TimedOut", "FAILED": "WorkflowFailed"}


@dataclass(frozen=True)
class Aborted:
    """What it had planned and done.

    `config` is the endpoint config it had asked the endpoint to serve, `previous` the one before;
    empty when it had not come so far. `proven` tells that the endpoint had answered as it must,
    `told` that Notify had told how it ended.
    """

    plan: Mapping[str, Any] | None = None
    config: str = ""
    previous: str = ""
    proven: bool = False
    told: bool = False

    @classmethod
    def parse(cls, events: Iterable[Mapping[str, Any]]) -> Aborted:
        """From the events of GetExecutionHistory, oldest first.

        Of several requests the last one counts: one that came while another execution was at work
        was refused, and what served before is that one's since. RestorePrevious makes none.
        """
        plan, config, found, previous, state = None, "", "", "", ""
        proven = told = False
        for event in events:
            state = event.get("stateEnteredEventDetails", {}).get("name", state)
            left = event.get("stateExitedEventDetails", {})
            if left.get("name") == "PlanTuning":
                plan = _output(left)
            elif left.get("name") == "FindEndpoint":
                found = _output(left).get("EndpointConfigName", "")
            elif left.get("name") == "VerifyEndpoint":
                proven = "Rows" in _output(left)  # a state that failed is left too, by its Catch
            elif left.get("name") == "Notify":
                told = "Error" not in _output(left)
            asked = event.get("taskScheduledEventDetails", {})
            if asked.get("resource") in _ASKED_FOR and state in _DEPLOYING:
                config = json.loads(asked["parameters"])["EndpointConfigName"]
                previous = found if asked["resource"] == "updateEndpoint" else ""
        return cls(plan, config, previous, proven and plan is not None, told)


def _output(left: Mapping[str, Any]) -> dict[str, Any]:
    """What a state hands on; a Catch hands on the error, which has none of the fields."""
    document = json.loads(left.get("output") or "{}")
    return document if isinstance(document, dict) else {}
