"""A running local AWS as a program sees it: clients, faults on purpose, and recorded calls."""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from local_sagemaker.faults.calls import Call
from local_sagemaker.process import background
from local_sagemaker.process.running import Running
from local_sagemaker.protocol.account import DEFAULT_REGION

_TIMEOUT_SECONDS = 10
_SAVING_SECONDS = 600  # of gigabytes in S3, and of endpoints that start
_LOOK_SECONDS = 1.0
# With them in the environment a client takes credentials, or a region, from somewhere else.
_MISLEADING = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION")

_making_a_client = threading.Lock()  # a session of boto3 is not for several threads at once

Document = dict[str, Any]


class RefusedError(ValueError):
    """Local AWS cannot do what it was asked to; the text is its reason."""


class BusyError(RefusedError):
    """Local AWS is at work; the text names what runs."""


@dataclass(frozen=True)
class LocalAws:
    """A running local AWS.

    The methods about faults and calls raise RefusedError for what cannot be meant, and OSError
    when the server does not answer or meets a defect of its own.
    """

    server: Running
    _clients: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def endpoint_url(self) -> str:
        """Where it answers, such as http://localhost:4566."""
        return self.server.endpoint_url

    @property
    def directory(self) -> Path:
        """Where its files and its log, server.log, are."""
        return self.server.directory

    def client(self, service: str, **options: Any) -> Any:
        """A client of boto3 for this server; `options` are those of boto3.client.

        Without options it is one for each service, which threads may share.
        """
        with _making_a_client:
            if options:
                return self._make_client(service, options)
            if service not in self._clients:
                self._clients[service] = self._make_client(service, {})
            return self._clients[service]

    @cached_property
    def _session(self) -> Any:
        """One, since each would read and parse the models of its services again."""
        import boto3

        return boto3.Session()

    def _make_client(self, service: str, options: Document) -> Any:
        from botocore.config import Config

        variables = self.server.variables
        given = options.pop("config", None)
        plain = Config(inject_host_prefix=False)  # the host is localhost, whatever the operation
        return self._session.client(
            service,
            config=plain if given is None else plain.merge(given),
            **{
                "endpoint_url": variables["AWS_ENDPOINT_URL"],
                "region_name": variables["AWS_DEFAULT_REGION"],
                "aws_access_key_id": variables["AWS_ACCESS_KEY_ID"],
                "aws_secret_access_key": variables["AWS_SECRET_ACCESS_KEY"],
            }
            | options,
        )

    def environment(self) -> dict[str, str]:
        """For programs: this process's environment, in which AWS is this server."""
        kept = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
        return kept | self.server.variables

    def add_fault(self, kind: str, **members: Any) -> Document:
        """Let a call or a piece of work go wrong from now on; returns the rule, with its `id`.

        Kinds and members are those of faults.rules.FaultRule, such as add_fault("throttling",
        service="sagemaker", operation="CreateModel", times=4).
        """
        return dict(self._ask("POST", "faults", {"kind": kind} | members))

    def faults(self) -> list[Document]:
        """The rules, each with how often it has happened (`hits`)."""
        return list(self._ask("GET", "faults")["faults"])

    def remove_fault(self, rule_id: str) -> None:
        """What the rule let go wrong goes right again."""
        self._ask("DELETE", f"faults/{quote(rule_id, safe='')}")

    def remove_faults(self) -> None:
        """Everything goes right again."""
        self._ask("DELETE", "faults")

    def calls(self, **wanted: str) -> list[Document]:
        """The recorded calls, the oldest first, whose members are as wanted.

        Such as calls(service="sagemaker", operation="CreateModel"). The last 20,000 are kept.
        """
        known = [each.name for each in fields(Call)]
        for member in wanted:
            if member not in known:
                raise RefusedError(f"A call has no member {member}; it has {', '.join(known)}.")
        found = self._ask("GET", "calls")["calls"]
        return [call for call in found if all(call[key] == value for key, value in wanted.items())]

    def asked_permissions(self) -> list[Document]:
        """What was asked of the policies of roles and users, each once: principal, operation,
        action, resource, context, and whether it was allowed."""
        asked: list[Document] = self._ask("GET", "permissions")["permissions"]
        return asked

    def forget_calls(self) -> None:
        """No call is on record any more."""
        self._ask("DELETE", "calls")

    def save(self, file: Path, *, wait: bool = False) -> None:
        """Write all that it holds into a file, which only its owner can read.

        Raises BusyError while executions, jobs or deployments run, which no file can hold; with
        `wait` it waits for their end.
        """
        while True:
            try:
                self._ask("POST", "save", {"file": str(file.absolute())}, _SAVING_SECONDS)
                return
            except BusyError:
                if not wait:
                    raise
            time.sleep(_LOOK_SECONDS)

    def load(self, file: Path) -> dict[str, str]:
        """Bring back what was saved, into a server that has been asked for nothing yet.

        Endpoints answer again when this returns; it names those that cannot, with their reasons.
        """
        loaded = self._ask("POST", "load", {"file": str(file.absolute())}, _SAVING_SECONDS)
        return dict(loaded["FailedEndpoints"])

    def _signed(self, method: str, url: str, body: bytes | None) -> dict[str, str]:
        """The headers that show that this process may ask the server about itself."""
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        keys, request = self.server.keys, AWSRequest(method, url, data=body)
        credentials = Credentials(keys.access_key_id, keys.secret_access_key)
        SigV4Auth(credentials, "local-aws", DEFAULT_REGION).add_auth(request)
        return dict(request.headers.items())

    def _ask(
        self, method: str, path: str, content: Any = None, timeout: float = _TIMEOUT_SECONDS
    ) -> Any:
        url = f"{self.endpoint_url}/_local_aws/{path}"
        body = None if content is None else json.dumps(content).encode()
        headers = self._signed(method, url, body)
        request = urllib.request.Request(url, method=method, data=body, headers=headers)
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(request, timeout=timeout) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                if refusal.code == http.client.INTERNAL_SERVER_ERROR:
                    raise
                busy = refusal.code == http.client.CONFLICT
                refused = BusyError if busy else RefusedError
                raise refused(json.load(refusal)["message"]) from refusal


def load_or_stop(running: Running, file: Path) -> dict[str, str]:
    """Load the file into a server that was started for it: one that cannot is stopped again.

    Returns and raises what LocalAws.load does.
    """
    try:
        return LocalAws(running).load(file)
    except BaseException:
        background.stop(running.directory)
        raise
