"""Everything that Step Functions refuses in a definition, in its words.

Its words are those of LocalStack's recorded answers of AWS, and of what others have measured with
ValidateStateMachineDefinition (floci-io/floci#2735, #2745, #2968, #3733; the rules `pf-sfn-*` of
badmintoncryer/cdk-preflight). Where nobody has recorded any, they are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from local_sagemaker.stepfunctions.definition.chains import machine_faults
from local_sagemaker.stepfunctions.definition.json_source import NotJson, parse
from local_sagemaker.stepfunctions.definition.place import SCHEMA, Fault
from local_sagemaker.stepfunctions.definition.transitions import transition_faults
from local_sagemaker.stepfunctions.definition.warnings import warnings

NOT_JSON = "INVALID_JSON_DESCRIPTION"
_NO_OBJECT = Fault(SCHEMA, "Definition must be a valid JSON object", None)
_TOO_DEEP = Fault("TOO_DEEPLY_NESTED", "Definition is too deeply nested", None)


def faults(text: str, *, express: bool = False) -> list[Fault]:
    """All faults of a definition; of one without any, what is to be warned of.

    `express` is for machines of the EXPRESS type. Where states lead is looked at when the states
    themselves are right.
    """
    if not text.strip():
        return [_NO_OBJECT]
    try:
        said = parse(text)
        return _object_faults(said, express) if isinstance(said, dict) else [_NO_OBJECT]
    except NotJson as fault:
        message = f"{fault}\n at {fault.location}"
        return [Fault(NOT_JSON, message, fault.location)]
    except RecursionError:
        return [_TOO_DEEP]


def _object_faults(said: dict[str, Any], express: bool) -> list[Fault]:
    found = [*machine_faults(said, express)]
    return found or [*transition_faults(said)] or [*warnings(said)]


def errors(found: Iterable[Fault]) -> list[Fault]:
    """Those that a definition cannot be created with."""
    return [fault for fault in found if fault.severity == "ERROR"]


def refusal(found: Iterable[Fault]) -> str:
    """The message of InvalidDefinition."""
    listed = ", ".join(str(fault) for fault in found)
    return f"Invalid State Machine Definition: '{listed}'"
