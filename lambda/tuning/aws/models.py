"""The deployed models: each is a schedule of EventBridge Scheduler, or all are in one object."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from tuning.aws.clients import client
from tuning.aws.shared_models import shared_models


def read_model(prefix: str, name: str) -> dict[str, Any] | None:
    """The document that the schedule of a model holds, or the object; None when neither does.

    A schedule of this name may belong to another prefix, of which this one is the beginning.
    """
    try:
        schedule = client("scheduler").get_schedule(Name=f"{prefix}-{name}")
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        shared = shared_models(prefix).get(name)
        return shared.document if shared else None
    document = _parsed(schedule["Target"].get("Input", ""))
    return document if document.get("ModelName") == name else None


def _parsed(text: str) -> dict[str, Any]:
    """Nothing of the input of a schedule that somebody else has made."""
    try:
        document = json.loads(text)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
