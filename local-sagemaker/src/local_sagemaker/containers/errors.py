"""How a training job fails: through the user's input, or otherwise.

UserError       the hyperparameters, channels or data cannot be used
AlgorithmError  anything else

Linear Learner tells them apart in the FailureReason, as ClientError and AlgorithmError. XGBoost's
images do not: their framework calls both an AlgorithmError.
"""

from __future__ import annotations

FAILURE_REASON_MAX_CHARACTERS = 1024  # what SageMaker reads of output/failure


class ContainerError(Exception):
    """A failure with a reason that is written to output/failure."""

    kind: str

    @property
    def failure_reason(self) -> str:
        return f"{self.kind}: {self}"[:FAILURE_REASON_MAX_CHARACTERS]


class UserError(ContainerError):
    """The hyperparameters, the channels or the data cannot be used as they are."""

    kind = "ClientError"


class AlgorithmError(ContainerError):
    """The training failed for a reason that is not known to be the user's."""

    kind = "AlgorithmError"
