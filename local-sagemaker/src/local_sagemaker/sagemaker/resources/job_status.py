"""The statuses of training, tuning, transform and processing jobs, and what they forbid."""

from __future__ import annotations

from local_sagemaker.sagemaker.errors import ResourceInUse, ValidationException
from local_sagemaker.sagemaker.resources.kinds import ResourceKind

RUNNING = ("InProgress", "Stopping")
ENDED = ("Completed", "Failed", "Stopped")


def check_stoppable(kind: ResourceKind, status: str) -> None:
    """Refuse to stop a job that has ended.

    Raises:
        ValidationException: which the SageMaker SDK v2 takes for "has ended already".
    """
    if status not in RUNNING:
        raise ValidationException(
            f"The request was rejected because the {kind.words} is in status {status}."
        )


def check_deletable(kind: ResourceKind, status: str) -> None:
    """Refuse to delete a job that runs.

    Raises:
        ResourceInUse: says what to do first.
    """
    if status not in ENDED:
        raise ResourceInUse(f"The {kind.words} is in status {status}: stop it first.")
