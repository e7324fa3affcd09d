"""Definitions to be refused, and what is said of them."""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.stepfunctions.definition.faults import faults

END: dict[str, Any] = {"Type": "Pass", "End": True}
LAMBDA = "arn:aws:states:::lambda:invoke"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f"


def machine(states: dict[str, Any], **fields: Any) -> str:
    """A definition that starts at the first of its states."""
    return json.dumps({"StartAt": next(iter(states)), "States": states, **fields})


def one(**state: Any) -> dict[str, Any]:
    """States: one named A that ends the machine, if it does not say otherwise."""
    return {"A": state if "Next" in state else {"End": True, **state}}


def said(definition: str, *, express: bool = False) -> list[str]:
    """What CreateStateMachine says of it, fault by fault."""
    return [str(fault) for fault in faults(definition, express=express)]


def schema(message: str, location: str) -> list[str]:
    """The one fault of a definition whose fields are wrong."""
    return [f"SCHEMA_VALIDATION_FAILED: {message} at {location}"]


def processor(states: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An item processor."""
    return {"StartAt": next(iter(states)), "States": states, **fields}
