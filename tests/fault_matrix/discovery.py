"""Which AWS calls the workflow makes, read from local AWS's record of clean runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from local_sagemaker.protocol.forwarding import FORWARDED

from tests.fault_matrix.stack import Stack

# Runs that fail after these states are undone differently with and without a champion.
_UNDONE_DIFFERENTLY = ("CreateEndpointConfig", "DeployEndpoint", "VerifyEndpoint", "WriteReport")
# A rollback is planned and kept by these; elsewhere they only tell of quotas and costs.
_NEEDED_TO_GO_BACK = {"PlanTuning": ("DescribeEndpointConfig",), "WriteReport": ("GetObject",)}
# What starts these functions happens in many runs, but only here somebody waits for what they do.
_WAITED_FOR = {"ResumeExecution": "approved", "SweepExecutions": "event lost"}


@dataclass(frozen=True, order=True)
class WorkflowCall:
    """A call of the workflow; `caller` is its kind.

    That is a `state` of the workflow, a state of its `recovery`, or a `function` of either.
    """

    caller: str
    name: str
    service: str
    operation: str

    def __str__(self) -> str:
        return f"{self.caller} {self.name} {self.service}.{self.operation}"

    @classmethod
    def parse(cls, document: dict[str, str]) -> WorkflowCall:
        return cls(**document)

    def as_json(self) -> dict[str, str]:
        return asdict(self)

    def pattern(self, prefix: str) -> dict[str, str]:
        """What a fault's rule compares."""
        caller = {
            "state": f"states.{prefix}.{self.name}",
            "recovery": f"states.{prefix}-recovery.{self.name}",
            "function": f"lambda.{prefix}-{self.name}",
        }[self.caller]
        return {"caller": caller, "service": self.service, "operation": self.operation}


def last_number(stack: Stack) -> int:
    """Of the latest call so far."""
    return max((call["number"] for call in stack.local.calls()), default=0)


def calls_since(stack: Stack, number: int) -> list[WorkflowCall]:
    """The distinct calls that the stack's workflow has made since, in order of the first."""
    found = [
        _of_record(call, stack.prefix) for call in stack.local.calls() if call["number"] > number
    ]
    return list(dict.fromkeys(call for call in found if call))


def _of_record(call: dict[str, Any], prefix: str) -> WorkflowCall | None:
    if FORWARDED in call["user_agent"].partition(" ")[0]:
        return None  # a service has made it for the workflow
    machines = {prefix: "state", f"{prefix}-recovery": "recovery"}
    if call["caller"] == "states" and call["caller_name"] in machines:
        kind = machines[call["caller_name"]]
        return WorkflowCall(kind, call["state"], call["service"], call["operation"])
    if call["caller"] == "lambda" and call["caller_name"].startswith(f"{prefix}-"):
        name = call["caller_name"].removeprefix(f"{prefix}-")
        return WorkflowCall("function", name, call["service"], call["operation"])
    return None


def own_calls(calls: dict[str, list[WorkflowCall]]) -> dict[str, list[WorkflowCall]]:
    """Of each variant the calls that none before it makes, and those that end otherwise in it."""
    seen: set[tuple[str, WorkflowCall]] = set()
    own: dict[str, list[WorkflowCall]] = {}
    for variant, made in calls.items():
        keys = {
            (variant if _ends_otherwise(variant, call) else "", call): call
            for call in made
            if _WAITED_FOR.get(call.name, variant) == variant
        }
        own[variant] = [call for key, call in keys.items() if key not in seen]
        seen.update(keys)
    return own


def _ends_otherwise(variant: str, call: WorkflowCall) -> bool:
    """Whether a fault of the call has another end in this variant than in those before it."""
    if variant == "first":
        return call.name in _UNDONE_DIFFERENTLY
    if variant == "champion worse":
        return call.name == "ScoreModel"  # it scores what serves before anything is tuned
    return variant == "rollback" and call.operation in _NEEDED_TO_GO_BACK.get(call.name, ())


def as_json(calls: dict[str, list[WorkflowCall]]) -> dict[str, list[dict[str, str]]]:
    return {variant: [call.as_json() for call in made] for variant, made in calls.items()}


def parse(document: dict[str, Iterable[dict[str, str]]]) -> dict[str, list[WorkflowCall]]:
    return {name: [WorkflowCall.parse(one) for one in made] for name, made in document.items()}
