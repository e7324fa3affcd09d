"""What to do when Step Functions' integration does not know a field of SageMaker's."""

from __future__ import annotations

# Its words to such a field (aws/aws-step-functions-data-science-sdk-python#15). They quote the
# field, which a reason does not: it might be a row of data.
_REFUSAL = "is not supported by Step Functions"


def field_advice(message: str) -> str | None:
    """The setting that passes every field on; None when the message is about something else."""
    if _REFUSAL not in message:
        return None
    return (
        "Field: Step Functions' integration of SageMaker does not know a field of the request, "
        'which the execution\'s last event names. With tuning_task = "callback" in retune.toml a '
        "function passes it on: deploy so."
    )
