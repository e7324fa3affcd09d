"""What a function's process depends on; a change of any of it needs a new process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local_sagemaker.protocol.callers import access_key_id

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


@dataclass(frozen=True)
class FunctionSettings:
    """The deployed configuration of one function."""

    arn: str
    name: str
    version: str
    region: str
    handler: str
    runtime: str
    code_sha256: str
    memory_mb: int
    timeout_seconds: int
    log_group: str
    variables: tuple[tuple[str, str], ...]

    def process_environment(
        self, task_root: Path, log_stream: str, server: Mapping[str, str]
    ) -> dict[str, str]:
        """The environment of the function's process; its own variables win, as on AWS."""
        passed_on = {name: server[name] for name in _PASSED_ON if name in server}
        return {
            **passed_on,
            "TZ": ":UTC",
            "PYTHONUNBUFFERED": "1",
            "LAMBDA_TASK_ROOT": str(task_root),
            "_HANDLER": self.handler,
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{self.runtime}",
            "AWS_LAMBDA_FUNCTION_NAME": self.name,
            "AWS_LAMBDA_FUNCTION_VERSION": self.version,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(self.memory_mb),
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": self.log_group,
            "AWS_LAMBDA_LOG_STREAM_NAME": log_stream,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCESS_KEY_ID": access_key_id("lambda", self.name),
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_SESSION_TOKEN": "local",
            "AWS_ENDPOINT_URL": server["AWS_ENDPOINT_URL"],
            **dict(self.variables),
        }
