"""The account and region that a request belongs to, and the AWS clients that act for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from botocore.config import Config

from local_sagemaker.protocol.account import ACCOUNT, partition_of
from local_sagemaker.protocol.callers import PATIENT, access_key_id, key_arguments
from local_sagemaker.protocol.keys import issue
from local_sagemaker.protocol.service_models import new_client
from local_sagemaker.sagemaker.settings import Settings


@dataclass(frozen=True)
class Region:
    """One account in one region: ARNs, clients and a place for the files of its jobs.

    `tables` are the resources of each kind, which whoever keeps them enters: what is there is what
    is saved.
    """

    settings: Settings
    name: str
    account: str = ACCOUNT
    tables: dict[str, dict[str, Any]] = field(default_factory=dict, compare=False)
    role: str = ""
    """The ARN of the role in which its clients act; empty for SageMaker itself."""

    def in_role(self, role: str) -> Region:
        """The same, whose clients have the rights of a role that SageMaker has taken on."""
        return replace(self, role=role)

    def arn(self, resource: str, name: str, *, service: str = "sagemaker") -> str:
        partition = partition_of(self.name)
        return f"arn:{partition}:{service}:{self.name}:{self.account}:{resource}/{name}"

    def goes_wrong(self, kind: str, *names: str) -> bool:
        """Whether an injected fault of this kind hits the work that goes by these names."""
        return self.settings.goes_wrong(kind, names)

    def emit(self, detail_type: str, arns: Sequence[str], detail: dict[str, Any]) -> None:
        """Send an event of these resources to EventBridge."""
        self.settings.emit(self.name, detail_type, arns, detail)

    def directory(self, kind: str, name: str) -> Path:
        """A directory that a job or a container has for itself."""
        return self.settings.work_directory.resolve() / self.name / kind / name

    def credentials(self, name: str) -> dict[str, str]:
        """The environment in which the AWS clients of this job or model reach local AWS."""
        pair = issue(access_key_id("sagemaker", name, "", self.role))
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
        return self._client("logs", role="")

    @cached_property
    def sns(self) -> Any:
        return self._client("sns")

    @cached_property
    def cloudwatch(self) -> Any:
        return self._client("cloudwatch", role="")

    @cached_property
    def application_autoscaling(self) -> Any:
        return self._client("application-autoscaling")

    @cached_property
    def sqs(self) -> Any:
        return self._client("sqs")

    @cached_property
    def functions(self) -> Any:
        """Waits as long as a function may run, and invokes it once."""
        return self._client("lambda", PATIENT)

    def _client(self, service: str, config: Config | None = None, role: str | None = None) -> Any:
        """Logs and metrics are written in nobody's role: a job without that right runs, unseen."""
        role = self.role if role is None else role
        return _client(self.settings.endpoint_url, service, self.name, role, config)


@cache
def _client(endpoint_url: str, service: str, region: str, role: str, config: Config | None) -> Any:
    key = access_key_id("sagemaker", "", "", role) if role else access_key_id("sagemaker")
    given = {"endpoint_url": endpoint_url, "config": config, **key_arguments(key)}
    return new_client(service, region, **given)
