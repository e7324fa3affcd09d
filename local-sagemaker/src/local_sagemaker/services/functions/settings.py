"""What a function's process depends on; a change of any of it needs a new process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from local_sagemaker.process.environment import passed_on
from local_sagemaker.process.launch import Preloaded
from local_sagemaker.protocol.callers import access_key_id
from local_sagemaker.protocol.keys import issue

# A program is forked from one that Python has started with these variables.
_AT_START = {"PYTHONUNBUFFERED": "1"}
_PRELOAD = "local_sagemaker.services.functions.preload"
_READ_AT_START = ("PYTHON", "LANG", "LC_", "LD_", "MALLOC_", "GLIBC_")


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
    role: str

    def process_environment(self, task_root: Path, log_stream: str) -> dict[str, str]:
        """The environment of the function's process; its own variables win, as on AWS."""
        pair = issue(access_key_id("lambda", self.name, "", self.role))
        return {
            **passed_on(),
            **_AT_START,
            "TZ": ":UTC",
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
            "AWS_ACCESS_KEY_ID": pair.access_key_id,
            "AWS_SECRET_ACCESS_KEY": pair.secret_access_key,
            "AWS_SESSION_TOKEN": "local",  # the secret alone proves who calls
            "AWS_ENDPOINT_URL": os.environ["AWS_ENDPOINT_URL"],
            "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
            **dict(self.variables),
        }

    def preloaded(self, task_root: Path) -> Preloaded | None:
        """What can be imported before the function without its noticing more than the time saved.

        None for variables that Python reads as it starts, and for code that brings its own boto3.
        """
        for_start = any(name.startswith(_READ_AT_START) for name, _ in self.variables)
        if for_start or (task_root / "boto3").exists() or (task_root / "botocore").exists():
            return None
        return Preloaded((_PRELOAD,), tuple((passed_on() | _AT_START).items()))
