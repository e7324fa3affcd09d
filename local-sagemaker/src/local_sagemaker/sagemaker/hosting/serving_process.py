"""A model's container, serving on a port of this machine."""

from __future__ import annotations

import http.client
import shutil
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local_sagemaker.process.free_port import free_port
from local_sagemaker.sagemaker.algorithms.algorithm_specification import serving_image
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.hosting.answer import Answer
from local_sagemaker.sagemaker.hosting.model_data import DataMissing, bring_model_data
from local_sagemaker.sagemaker.images.container import Container, follow
from local_sagemaker.sagemaker.images.script_mode import CodeMissing, bring_code
from local_sagemaker.sagemaker.log_stream import LogStream, LogStreams
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.wire.client import Client

# SageMaker's own limits: a container is healthy within four minutes and answers within 60 s.
HEALTHY_WITHIN_SECONDS = 240.0
# A container of this machine that answers /ping with an error will not recover in minutes.
UNHEALTHY_AFTER_SECONDS = 10.0
PING_TIMEOUT_SECONDS = 2.0
INVOCATION_TIMEOUT_SECONDS = 60.0
LOCALHOST = "127.0.0.1"


@dataclass(frozen=True)
class StartLimits:
    """The seconds that a variant gives each container; None where it says nothing."""

    download: float | None = None
    healthy: float | None = None

    @classmethod
    def of(cls, variant: Document) -> StartLimits:
        return cls(
            variant.get("ModelDataDownloadTimeoutInSeconds"),
            variant.get("ContainerStartupHealthCheckTimeoutInSeconds"),
        )


NO_LIMITS = StartLimits()


class StartFailed(Exception):
    """The message is part of the FailureReason."""


class ServingProcess:
    """Starts with start(), which returns once /ping answers; ends with stop().

    `name` is the container's, in errors.
    """

    def __init__(
        self,
        region: Region,
        container: Document,
        *,
        directory: Path,
        name: str = "primary",
        limits: StartLimits = NO_LIMITS,
    ) -> None:
        self.name = name
        self._limits = limits
        self._region = region
        self._definition = container
        self._directory = directory
        self._container: Container | None = None
        self._follower: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopped = False
        self.port = 0
        self._client = Client(LOCALHOST, self.port)

    @property
    def running(self) -> bool:
        return self._container is not None and self._container.running

    def start(self, logs: LogStreams) -> None:
        """Load the model and start its container; raises as start_with does."""
        self.start_with(logs.open())

    def start_with(self, log: LogStream) -> None:
        """Load the model and start its container.

        Raises:
            StartFailed: the model cannot be read, or the container does not become healthy.
        """
        self._load_model()
        self._bring_code()
        self.port = free_port()
        self._client = Client(LOCALHOST, self.port)
        container = self._start_container()
        self._follower = threading.Thread(
            target=self._follow, args=(container, log), name=f"serve {self.port}", daemon=True
        )
        self._follower.start()
        self._wait_until_healthy(container)

    def stop(self) -> None:
        """End the container, wait for its log and remove its files."""
        with self._lock:
            self._stopped = True
        if self._container is not None:
            self._container.kill()
        if self._follower is not None:
            self._follower.join()
        self._client.close()
        shutil.rmtree(self._directory, ignore_errors=True)

    def invoke(
        self,
        body: bytes,
        headers: Mapping[str, str],
        *,
        target_model: str | None = None,
        timeout: float = INVOCATION_TIMEOUT_SECONDS,
    ) -> Answer:
        """The container's answer.

        Raises:
            OSError: the container is gone or does not answer within `timeout` seconds.
        """
        return self._request("POST", "/invocations", body, headers, timeout)

    def _request(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], timeout: float
    ) -> Answer:
        of_container = self._container.headers if self._container else {}
        answered = self._client.ask(method, path, body, {**headers, **of_container}, timeout)
        return Answer(*answered, container=self.name)

    def _start_container(self) -> Container:
        image = serving_image(self._definition)
        with self._lock:
            if self._stopped:
                raise StartFailed("was stopped")
            try:
                self._container = image.serve(
                    ml_root=self._directory,
                    environment=self._definition.get("Environment", {}),
                    port=self.port,
                )
            except CodeMissing as fault:
                raise StartFailed(str(fault)) from fault
            return self._container

    def _load_model(self) -> None:
        shutil.rmtree(self._directory, ignore_errors=True)
        model = self._directory / "model"
        model.mkdir(parents=True)
        began, most = time.monotonic(), self._limits.download
        try:
            bring_model_data(self._region.s3, self._definition, model)
        except DataMissing as fault:
            raise StartFailed(str(fault)) from fault
        if most is not None and time.monotonic() - began > most:
            raise StartFailed(f"The model was not downloaded and extracted within {most} seconds")

    def _bring_code(self) -> None:
        code = self._definition.get("Environment", {}).get("SAGEMAKER_SUBMIT_DIRECTORY", "")
        try:
            bring_code(self._region.s3, code, self._directory)
        except CodeMissing as fault:
            raise StartFailed(str(fault)) from fault

    def _follow(self, container: Container, log: LogStream) -> None:
        follow(container, log.write)
        container.wait()

    def _wait_until_healthy(self, container: Container) -> None:
        given = self._limits.healthy
        deadline = time.monotonic() + (given or HEALTHY_WITHIN_SECONDS)
        answered, pause = False, 0.05
        while container.running and time.monotonic() < deadline:
            status = self._ping()
            if status == http.client.OK:
                return
            if given is None and status is not None and not answered:
                answered = True
                deadline = min(deadline, time.monotonic() + UNHEALTHY_AFTER_SECONDS)
            time.sleep(pause)
            pause = min(pause * 1.5, 1.0)
        raise StartFailed(container.fault or "did not pass the ping health check")

    def _ping(self) -> int | None:
        """The status of /ping; None while nothing answers."""
        try:
            return self._request("GET", "/ping", b"", {}, PING_TIMEOUT_SECONDS).status
        except OSError:
            return None
