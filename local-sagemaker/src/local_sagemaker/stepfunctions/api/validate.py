"""ValidateStateMachineDefinition."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.api.region import Document, Operation
from local_sagemaker.stepfunctions.definition.faults import errors, faults
from local_sagemaker.stepfunctions.definition.place import Fault

# https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
_MOST_RESULTS = 100


def operations() -> dict[str, Operation]:
    return {"ValidateStateMachineDefinition": _validate}


def _validate(request: Document) -> Document:
    """Warnings are told where they are asked for, and do not make a definition fail."""
    found = faults(request["definition"], express=request.get("type") == "EXPRESS")
    wrong = errors(found)
    told = found if request.get("severity") == "WARNING" else wrong
    most = request.get("maxResults") or _MOST_RESULTS
    return {
        "result": "FAIL" if wrong else "OK",
        "diagnostics": [_diagnostic(fault) for fault in told[:most]],
        "truncated": len(told) > most,
    }


def _diagnostic(fault: Fault) -> dict[str, Any]:
    place = {} if fault.location is None else {"location": fault.location}
    return {"severity": fault.severity, "code": fault.code, "message": fault.message, **place}
