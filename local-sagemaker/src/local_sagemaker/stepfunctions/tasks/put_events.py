"""`events:putEvents`, whose entries name who sends them, and which fails if an entry does."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.tasks.service import Call


def put_events(call: Call) -> dict[str, Any]:
    """What became of each entry."""
    response = call.with_parameters(Entries=_signed(call)).answer()
    output = {name: response[name] for name in ("Entries", "FailedEntryCount")}
    if output["FailedEntryCount"]:
        details = call.resource.said_in_events
        raise StateFailed("EventBridge.FailedEntry", to_text(output), "TaskFailed", details)
    return output


def _signed(call: Call) -> list[dict[str, Any]]:
    """Each with state machine and execution after its own resources, as recorded."""
    context = call.request.context
    senders = [context["StateMachine"]["Id"], context["Execution"]["Id"]]
    entries = call.parameters.get("Entries") or []
    return [each | {"Resources": [*each.get("Resources", []), *senders]} for each in entries]
