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
        return _describe(self.aws, self.kind, self.name)[f"{self.kind}JobStatus"] in _OVER


def find_job_log(aws: Aws, name: str) -> JobLog | None:
    """Of the job of this name; None when SageMaker knows none."""
    for kind in _KINDS:
        try:
            _describe(aws, kind, name)
        except ParamValidationError:
            return None
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("ValidationException", "ResourceNotFound"):
                raise
        else:
            return JobLog(aws, kind, name)
    return None


def _describe(aws: Aws, kind: str, name: str) -> dict[str, Any]:
    ask = getattr(aws.client("sagemaker"), f"describe_{kind.lower()}_job")
    described: dict[str, Any] = ask(**{f"{kind}JobName": name})
    return described
