"""Why a champion has no score: for a lasting reason, or for one that passes?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tuning.errors import EvaluationFailed
from tuning.failure.error_cause import ErrorCause

# What SageMaker says of a model, or of an endpoint configuration, that somebody deleted.
_DELETED = "Could not find"
# A transform job that failed for one of these says nothing about the model.
_PASSING = re.compile(r"InternalServerError|Internal Server Error|Capacity|Throttl|AccessDenied")


def lasting_reason(failure: Mapping[str, str]) -> str:
    """The reason, when trying again would change nothing: the model is gone or refuses the rows.

    `failure` has State, Error and Cause as a Catch was given them. Raises EvaluationFailed for
    everything else, such as throttling or a quota: that must not pass for a verdict.
    """
    cause = ErrorCause.parse(failure["Cause"])
    refused = cause.job_status == "Failed" and not _PASSING.search(cause.message)
    if refused or _DELETED in cause.message:
        return cause.message
    name = cause.code or failure["Error"]
    # ExplainFailure reads the status again: 5XX is a fault of AWS.
    status = f" (Status Code: {cause.status})" if cause.status else ""
    raise EvaluationFailed(f"{failure['State']}: {name}: {cause.message}{status}")
