"""Events of an execution as GetExecutionHistory tells them, with its data or without."""

from __future__ import annotations

from typing import Any

Event = dict[str, Any]

# Members of an event's details that are what an execution works on, and what is said of them.
_DATA = frozenset(
    {
        "input",
        "inputDetails",
        "output",
        "outputDetails",
        "assignedVariables",
        "assignedVariablesDetails",
        "parameters",
    }
)


def told(event: Event, *, data: bool = True) -> Event:
    """The event as JSON has it, with the time in seconds since the epoch."""
    details = details_member(event)
    whole = event | {"timestamp": event["timestamp"].timestamp()}
    return whole if data or details is None else whole | {details: without_data(event[details])}


def details_member(event: Event) -> str | None:
    """The member that holds an event's details, such as taskFailedEventDetails."""
    return next((name for name in event if name.endswith("EventDetails")), None)


def without_data(details: dict[str, Any]) -> dict[str, Any]:
    """An event's details without what the execution works on."""
    return {name: value for name, value in details.items() if name not in _DATA}
