"""What the local SageMaker needs to know about the server around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from local_aws.sagemaker.state_changes import Emit, nobody


@dataclass(frozen=True)
class Settings:
    """`endpoint_url` answers S3, CloudWatch and its Logs; jobs keep files below `work_directory`.

    `emit` takes the events that SageMaker sends to EventBridge. The seconds that a deployment
    waits on purpose are multiplied by `wait_scale`.
    """

    endpoint_url: str
    work_directory: Path
    emit: Emit = nobody
    wait_scale: float = 1.0
