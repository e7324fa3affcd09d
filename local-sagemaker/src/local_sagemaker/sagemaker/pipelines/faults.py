"""What is wrong with a definition, or with a step that runs."""

from __future__ import annotations

from local_sagemaker.sagemaker.errors import ValidationException


def unparsable(reason: str) -> ValidationException:
    """A definition that CreatePipeline refuses; the beginning is in AWS's words."""
    return ValidationException(f"Unable to parse pipeline definition. {reason}")


class StepFailed(Exception):
    """The message is the FailureReason of the step, none if it is empty.

    `exception_type` is what a retry policy calls it, such as SageMaker.RESOURCE_LIMIT.
    """

    def __init__(self, reason: str, exception_type: str = "") -> None:
        super().__init__(reason)
        self.exception_type = exception_type


class StepStopped(Exception):
    """The step has ended because the execution is stopped."""
