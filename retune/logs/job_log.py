"""The log of a training, processing or transform job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError, ParamValidationError

from retune.aws import Aws
from retune.logs.events import LogEvent, read_events, streams_of

_KINDS = ("Training", "Processing", "Transform")
_OVER = ("Completed", "Failed", "Stopped")


@dataclass(frozen=True)
class JobLog:
    """Each of the job's containers writes a stream, whose name begins with the job's."""

    aws: Aws
    kind: str  # Training, Processing or Transform
    name: str

    def events(self, since: int) -> list[LogEvent]:
        """None before its container has written anything."""
        group = f"/aws/sagemaker/{self.kind}Jobs"
        streams = streams_of(self.aws, group, f"{self.name}/")
        return read_events(self.aws, group, since=since, streams=streams) if streams else []

    def is_over(self) -> bool:
        described = describe_job(self.aws, self.kind, self.name)
        return described is None or described[f"{self.kind}JobStatus"] in _OVER


def find_job_log(aws: Aws, name: str) -> JobLog | None:
    """Of the job of this name; None when SageMaker knows none."""
    kinds = (kind for kind in _KINDS if describe_job(aws, kind, name))
    return next((JobLog(aws, kind, name) for kind in kinds), None)


def describe_job(aws: Aws, kind: str, name: str) -> dict[str, Any] | None:
    """A job of a kind as SageMaker describes it; None when it knows none of this name."""
    ask = getattr(aws.client("sagemaker"), f"describe_{kind.lower()}_job")
    try:
        described: dict[str, Any] = ask(**{f"{kind}JobName": name})
    except ParamValidationError:
        return None
    except ClientError as error:
        if error.response["Error"]["Code"] in ("ValidationException", "ResourceNotFound"):
            return None
        raise
    return described
