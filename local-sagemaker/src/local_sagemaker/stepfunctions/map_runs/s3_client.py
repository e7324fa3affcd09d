"""The client with which a Map Run reads its items and writes its results."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.engine.visit import Visit
from local_sagemaker.stepfunctions.tasks.clients import client


def s3_of(visit: Visit) -> Any:
    """It signs with a key that names machine, state and role."""
    execution = visit.branch.execution
    machine = execution.revision
    region = execution.environment.region
    return client("s3", region, machine.name, visit.state.name, machine.role_arn)
