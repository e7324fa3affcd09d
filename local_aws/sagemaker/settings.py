"""What the local SageMaker needs to know about the server around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """`endpoint_url` answers S3 and CloudWatch Logs; jobs keep files below `work_directory`."""

    endpoint_url: str
    work_directory: Path
