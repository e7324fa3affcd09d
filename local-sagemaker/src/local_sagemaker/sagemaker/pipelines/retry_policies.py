"""RetryPolicies of a step: what a definition may say, and the pause before the next attempt.

The rules are those of the developer guide, "Retry Policy for Pipeline Steps".
"""

from __future__ import annotations

import time
from typing import Any

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.expecting import expect_list, expect_object
from local_sagemaker.sagemaker.pipelines.faults import unparsable

SERVICE_FAULT = "Step.SERVICE_FAULT"
THROTTLING = "Step.THROTTLING"
INTERNAL_ERROR = "SageMaker.JOB_INTERNAL_ERROR"
CAPACITY_ERROR = "SageMaker.CAPACITY_ERROR"
RESOURCE_LIMIT = "SageMaker.RESOURCE_LIMIT"
_EXCEPTIONS = (
    SERVICE_FAULT,
    THROTTLING,
    INTERNAL_ERROR,
    CAPACITY_ERROR,
    "SageMaker.JOB_CAPACITY_ERROR",  # as the guide spelled it until 2023
    RESOURCE_LIMIT,
)
_MOST = {"IntervalSeconds": 43_200, "MaxAttempts": 20, "ExpireAfterMin": 14_400}
_PROPERTIES = ("ExceptionType", "BackoffRate", *_MOST)
_DEFAULT_ATTEMPTS = 5


def check_retry_policy(policy: Any, step_type: str) -> None:
    """Raises ValidationException for a policy that breaks a rule."""
    given = expect_object(policy, _PROPERTIES).get("ExceptionType")
    for exception in expect_list([given] if isinstance(given, str) else given):
        if exception not in _EXCEPTIONS:
            raise unparsable(
                f"ExceptionType {exception!r} of a {step_type} step is none of "
                f"{', '.join(_EXCEPTIONS)}."
            )
    if "MaxAttempts" in policy and "ExpireAfterMin" in policy:
        raise unparsable("A retry policy may have MaxAttempts or ExpireAfterMin, not both.")
    for name, most in _MOST.items():
        value = policy.get(name, 0)
        if not isinstance(value, int) or not 0 <= value <= most:
            raise unparsable(f"{name} of a retry policy must be a number from 0 to {most}.")
    rate = policy.get("BackoffRate", 2.0)
    if not isinstance(rate, int | float) or rate < 0:
        raise unparsable("BackoffRate of a retry policy must be a number from 0 on.")


def policy_for(policies: list[Document], exception_type: str) -> Document | None:
    """The first policy that names the exception."""
    for policy in policies:
        given = policy["ExceptionType"]
        names = [given] if isinstance(given, str) else given
        if exception_type in [name.replace("JOB_CAPACITY", "CAPACITY") for name in names]:
            return policy
    return None


def pause_before(policy: Document, retries: int, since: float) -> float | None:
    """Seconds to wait before another attempt after so many retries; None for no more of them.

    `since` is when the step began, in seconds since 1970.
    """
    if "ExpireAfterMin" in policy:
        is_over = time.time() - since >= 60 * float(policy["ExpireAfterMin"])
    else:
        is_over = retries >= policy.get("MaxAttempts", _DEFAULT_ATTEMPTS)
    if is_over:
        return None
    first, rate = policy.get("IntervalSeconds", 1), policy.get("BackoffRate", 2.0)
    return float(first) * float(rate) ** retries
