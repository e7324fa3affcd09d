"""Why a model could not be scored: will it never be, or may it be next time?"""

from __future__ import annotations

import re

from tuning.errors import EvaluationFailed
from tuning.failure.error_cause import ErrorCause
from tuning.variables.failed_state import FailedState

# What SageMaker says of a model that somebody deleted.
_DELETED = "Could not find"
# A transform job that failed for one of these says nothing about the model.
_PASSING = re.compile(r"InternalServerError|Internal Server Error|Capacity|Throttl|AccessDenied")


def lasting_reason(failure: FailedState) -> str:
    """Why the champion can never score these rows: its model is gone, or refuses them.

    Raises EvaluationFailed for every other reason, such as throttling or a quota: no verdict may
    rest on that.
    """
    cause = ErrorCause.parse(failure.cause)
    refused = cause.job_status == "Failed" and not _PASSING.search(cause.message)
    if refused or _DELETED in cause.message:
        return cause.message
    raise evaluation_failed(failure, "champion")


def evaluation_failed(failure: FailedState, role: str) -> EvaluationFailed:
    """The error of a run that cannot come to a verdict; `role` is candidate or champion."""
    cause = ErrorCause.parse(failure.cause)
    name = cause.code or failure.error
    # ExplainFailure reads the status again: 5XX is a fault of AWS.
    status = f" (Status Code: {cause.status})" if cause.status else ""
    where = f"{failure.state} of the {role}"
    return EvaluationFailed(f"{where}: {name}: {cause.message}{status}")
