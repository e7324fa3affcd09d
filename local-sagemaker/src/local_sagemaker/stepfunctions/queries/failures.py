"""The failures of expressions, by the names that Step Functions gives them."""

from __future__ import annotations

from local_sagemaker.stepfunctions.failure import RUNTIME, StateFailed
from local_sagemaker.stepfunctions.queries.scope import Scope

INTRINSIC = "States.IntrinsicFailure"
QUERY = "States.QueryEvaluationError"
RESULT_PATH = "States.ResultPathMatchFailure"


def runtime_failure(cause: str) -> StateFailed:
    """A path that does not fit the data."""
    return StateFailed(RUNTIME, cause)


def intrinsic_failure(call: str, reason: str) -> StateFailed:
    """An intrinsic function that refuses its arguments."""
    return StateFailed(INTRINSIC, f"The function '{call}' had the following error: {reason}")


def query_failure(cause: str, scope: Scope, location: str) -> StateFailed:
    """A JSONata expression that fails; `location` is its field, such as Output/a/b[0]."""
    details = {"location": location, "state": scope.state}
    return StateFailed(QUERY, cause, event="EvaluationFailed", details=details)
