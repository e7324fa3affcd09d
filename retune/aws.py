"""The AWS that the environment names: an account, or local AWS by AWS_ENDPOINT_URL."""

import os
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

from retune.errors import UnavailableError

# A person waits: give up soon when nothing answers, but not at the first throttled request.
_CONFIG = Config(connect_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})


class Aws:
    """Clients of one account and region, read from the environment when it is made."""

    def __init__(self, region: str | None = None) -> None:
        self._session = boto3.Session(region_name=region)
        self._clients: dict[str, Any] = {}
        self._lock = Lock()  # clients serve several threads, the session that makes them only one

    def client(self, service: str) -> Any:
        """The client of a service, made once. UnavailableError when AWS_ENDPOINT_URL is no URL."""
        with self._lock:
            if service not in self._clients:
                self._clients[service] = self._made(service)
            return self._clients[service]

    def _made(self, service: str) -> Any:
        try:
            return self._session.client(service, config=_CONFIG)  # type: ignore[call-overload]
        except ValueError as error:
            raise UnavailableError(
                f"AWS_ENDPOINT_URL = {endpoint_url()!r}: {error}. Correct it, such as "
                "http://localhost:4566, or `unset AWS_ENDPOINT_URL` to talk to AWS."
            ) from error

    @property
    def region(self) -> str | None:
        """The one that is named or configured."""
        return self._session.region_name

    @property
    def account(self) -> str:
        """Whose credentials these are."""
        return str(self.client("sts").get_caller_identity()["Account"])

    @property
    def environment_name(self) -> str:
        """`aws://<account>/<region>`, as the CDK command line calls account and region."""
        return f"aws://{self.account}/{self.region}"


def endpoint_url() -> str | None:
    """Where AWS_ENDPOINT_URL sends every request, if it is set."""
    return os.environ.get("AWS_ENDPOINT_URL") or None


def is_local() -> bool:
    """Whether requests go to this machine, where nothing costs money."""
    return urlsplit(endpoint_url() or "").hostname in ("localhost", "127.0.0.1", "::1")


def seconds_between_looks() -> float:
    """How long to wait before asking the same again: AWS throttles SageMaker's Describe calls, and
    takes five calls of FilterLogEvents a second."""
    return 1.0 if is_local() else 5.0
