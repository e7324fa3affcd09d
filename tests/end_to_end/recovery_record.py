"""What the recovery of an execution has kept of its own end."""

from __future__ import annotations

import json
from typing import Any

from tests.end_to_end.conftest import Deployment, wait_until


def recovery_record(deployment: Deployment, execution: str) -> dict[str, Any]:
    """Of an execution that nobody has redriven; empty before there is one."""
    s3, name = deployment.client("s3"), execution.rsplit(":", 1)[-1]
    bucket, start = deployment.outputs["DataBucketName"], f"runs/{name}/recovery-"
    found = s3.list_objects_v2(Bucket=bucket, Prefix=start).get("Contents", [])
    keys = [entry["Key"] for entry in found if entry["Key"].endswith("-0.json")]
    return dict(json.load(s3.get_object(Bucket=bucket, Key=keys[0])["Body"])) if keys else {}


def wait_until_recovered(
    deployment: Deployment, execution: str, seconds: float = 60
) -> dict[str, Any]:
    """The record of a recovery that is complete."""
    wait_until(
        lambda: bool(recovery_record(deployment, execution).get("Complete")), seconds=seconds
    )
    return recovery_record(deployment, execution)
