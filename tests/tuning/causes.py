"""Causes of failed states, as Step Functions tells them."""

from __future__ import annotations

import json
from typing import Any

from tests.tuning.recorded import tuning_job


def of_lambda(error_type: str, message: str) -> str:
    return json.dumps({"errorMessage": message, "errorType": error_type, "stackTrace": ["..."]})


def of_api(code: str, message: str, status: int = 400) -> str:
    return (
        f"{message} (Service: AmazonSageMaker; Status Code: {status}; Error Code: {code}; "
        "Request ID: 8d2c2b59-5b5d-4c4b-a1b5-3a3a5c0fc1d2; Proxy: null)"
    )


def of_job(**members: Any) -> str:
    """A .sync task's cause is the job's description as JSON."""
    return json.dumps(tuning_job(**members), default=str)
