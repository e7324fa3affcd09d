"""The account and region that a request belongs to, and the AWS clients that act for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.protocol.callers import access_key_id, key_arguments
from local_sagemaker.protocol.keys import issue
from local_sagemaker.protocol.service_models import session_of
from local_sagemaker.sagemaker.settings import Settings


@dataclass(frozen=True)
class Region:
    """One account in one region: ARNs, clients and a place for the files of its jobs."""

    settings: Settings
    name: str
    account: str = ACCOUNT

    def arn(self, resource: str, name: str, *, service: str = "sagemaker") -> str:
        return f"arn:{self._partition}:{service}:{self.name}:{self.account}:{resource}/{name}"

    def goes_wrong(self, kind: str, *names: str) -> bool:
        """Whether an injected fault of this kind hits the work that goes by these names."""
        return self.settings.goes_wrong(kind, names)

    def emit(self, detail_type: str, arn: str, detail: dict[str, Any]) -> None:
        """Send an event to EventBridge."""
        self.settings.emit(self.name, detail_type, arn, detail)

    @property
    def _partition(self) -> str:
        if self.name.startswith("cn-"):
            return "aws-cn"
        return "aws-us-gov" if self.name.startswith("us-gov-") else "aws"

    def directory(self, kind: str, name: str) -> Path:
        """A directory that a job or a container has for itself."""
        return self.settings.work_directory.resolve() / self.name / kind / name

    def credentials(self, name: str) -> dict[str, str]:
        """The environment in which the AWS clients of this job or model reach local AWS."""
        pair = issue(access_key_id("sagemaker", name))
        return {
            "AWS_ENDPOINT_URL": self.settings.endpoint_url,
            "AWS_ACCESS_KEY_ID": pair.access_key_id,
            "AWS_SECRET_ACCESS_KEY": pair.secret_access_key,
            "AWS_DEFAULT_REGION": self.name,
        }

    @cached_property
    def s3(self) -> Any:
        return self._client("s3")

    @cached_property
    def logs(self) -> Any:
        return self._client("logs")

    @cached_property
    def cloudwatch(self) -> Any:
        return self._client("cloudwatch")

    def _client(self, service: str) -> Any:
        # A session of its own: boto3's default session is not safe to use from several threads.
        keys = key_arguments(access_key_id("sagemaker"))
        session: Any = session_of(self.name, **keys)
        return session.client(service, endpoint_url=self.settings.endpoint_url)
