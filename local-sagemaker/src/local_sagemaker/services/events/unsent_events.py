"""Events of SageMaker that local AWS does not send: a rule for them would never fire.

Those that SageMaker sends are in the EventBridge reference, "Amazon SageMaker AI events".
"""

from __future__ import annotations

import json
from typing import Any

from moto.events.exceptions import ValidationException

_SOURCE = "aws.sagemaker"
_OF_PIPELINES = frozenset(
    f"SageMaker Model Building Pipeline {what} Status Change"
    for what in ("Execution", "Execution Step")
)
_SENT = _OF_PIPELINES | frozenset(
    f"SageMaker {what} State Change"
    for what in (
        "Endpoint",
        "Endpoint Config",
        "Endpoint Deployment",
        "HyperParameter Tuning Job",
        "Model",
        "Model Package",
        "Processing Job",
        "Training Job",
        "Transform Job",
    )
)


def check_sent(rule: str, pattern: str | None) -> None:
    """Refuse a rule all of whose events are SageMaker's and are not sent here.

    Raises:
        ValidationException: names the rule and its detail-types.
    """
    given = _members(pattern)
    types = given.get("detail-type")
    if given.get("source") != [_SOURCE] or not isinstance(types, list) or not types:
        return
    if all(isinstance(each, str) and each not in _SENT for each in types):
        raise ValidationException(
            f"Local AWS sends no events of the detail-type {' or '.join(types)}: rule {rule} would "
            f"never fire. It sends {', '.join(sorted(_SENT))}."
        )


def _members(pattern: str | None) -> dict[str, Any]:
    """What moto refuses is left to it."""
    try:
        given = json.loads(pattern or "{}")
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}
