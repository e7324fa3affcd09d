"""What SageMaker asks of a managed spot training job.

Sources: "Use managed spot training" in the developer guide and messages seen from the service.
"""

from __future__ import annotations

from typing import Any

from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.jobs.description import ONE_DAY_SECONDS

# Built-in algorithms that keep no checkpoints may wait and run for an hour at most.
MAX_WAIT_WITHOUT_CHECKPOINTS = 3600


def check_spot(definition: dict[str, Any]) -> None:
    """Refuse times that do not go with EnableManagedSpotTraining.

    Raises:
        ValidationException: names the rule and both times.
    """
    limits = definition.get("StoppingCondition", {})
    wait = limits.get("MaxWaitTimeInSeconds")
    if not definition.get("EnableManagedSpotTraining"):
        if wait is not None:
            raise ValidationException(
                "Invalid MaxWaitTimeInSeconds. It is only supported when "
                "EnableManagedSpotTraining is set to true"
            )
        return
    runtime = limits.get("MaxRuntimeInSeconds", ONE_DAY_SECONDS)
    if wait is None or wait < runtime:
        raise ValidationException(
            f"Invalid MaxWaitTimeInSeconds, [{wait}]. It must be present and be greater than or "
            f"equal to MaxRuntimeInSeconds, [{runtime}], when EnableManagedSpotTraining is true."
        )
    if "CheckpointConfig" not in definition and wait > MAX_WAIT_WITHOUT_CHECKPOINTS:
        raise ValidationException(
            f"Invalid MaxWaitTimeInSeconds, [{wait}]. Without a CheckpointConfig it must be at "
            f"most {MAX_WAIT_WITHOUT_CHECKPOINTS} when EnableManagedSpotTraining is true."
        )
