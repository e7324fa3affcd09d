"""A model's container, serving on a port of this machine."""

from __future__ import annotations

import http.client
import shutil
import threading
import time
from pathlib import Path
from typing import Any

from local_sagemaker.process.free_port import free_port
from local_sagemaker.sagemaker.algorithms.algorithm_specification import serving_image
from local_sagemaker.sagemaker.archives import UnpackError, unpack
from local_sagemaker.sagemaker.images.container import Container, follow
from local_sagemaker.sagemaker.images.script_mode import CodeMissing, bring_code
from local_sagemaker.sagemaker.log_stream import LogStream
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.s3_location import S3Location

# SageMaker's own limits: a container is healthy within four minutes and answers within 60 s.
HEALTHY_WITHIN_SECONDS = 240.0
# A container of this machine that answers /ping with an error will not recover in minutes.
UNHEALTHY_AFTER_SECONDS = 10.0
PING_TIMEOUT_SECONDS = 2.0
INVOCATION_TIMEOUT_SECONDS = 60.0
LOCALHOST = "127.0.0.1"


class StartFailed(Exception):
    """The message is part of the FailureReason."""


class ServingProcess:
    """Starts with start(), which returns once /ping answers; ends with stop()."""

    def __init__(self, region: Region, container: dict[str, Any], *, directory: Path) -> None:
        self._region = region
        self._definition = container
        self._directory = directory
        self._container: Container | None = None
        self._follower: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopped = False
        self.port = 0

    @property
    def running(self) -> bool:
        return self._container is not None and self._container.running

    def start(self, log: LogStream) -> None:
        """Load the model and start its container.

        Raises:
            StartFailed: the model cannot be read, or the container does not become healthy.
        """
        self._load_model()
        self._bring_code()
        self.port = free_port()
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
        shutil.rmtree(self._directory, ignore_errors=True)

    def request(
        self, method: str, path: str, *, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the container's answer.

        Raises:
            OSError: the container is gone or does not answer in time.
        """
        of_container = self._container.headers if self._container else {}
        timeout = PING_TIMEOUT_SECONDS if path == "/ping" else INVOCATION_TIMEOUT_SECONDS
        connection = http.client.HTTPConnection(LOCALHOST, self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers={**(headers or {}), **of_container})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        except http.client.HTTPException as fault:
            raise ConnectionError(f"The container broke off its answer: {fault!r}") from fault
        finally:
            connection.close()

    def _start_container(self) -> Container:
        image = serving_image(self._definition)
        with self._lock:
            if self._stopped:
                raise StartFailed("was stopped")
            self._container = image.serve(
                ml_root=self._directory,
                environment=self._definition.get("Environment", {}),
                port=self.port,
            )
            return self._container

    def _load_model(self) -> None:
        shutil.rmtree(self._directory, ignore_errors=True)
        model = self._directory / "model"
        model.mkdir(parents=True)
        location = S3Location.parse(self._definition["ModelDataUrl"])
        try:
            unpack(self._region.s3, location, model)
        except UnpackError as fault:
            raise StartFailed(f"Failed to load the model data at {location}: {fault}") from fault

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
        deadline = time.monotonic() + HEALTHY_WITHIN_SECONDS
        answered, pause = False, 0.05
        while container.running and time.monotonic() < deadline:
            status = self._ping()
            if status == http.client.OK:
                return
            if status is not None and not answered:
                answered = True
                deadline = min(deadline, time.monotonic() + UNHEALTHY_AFTER_SECONDS)
            time.sleep(pause)
            pause = min(pause * 1.5, 1.0)
        raise StartFailed(container.fault or "did not pass the ping health check")

    def _ping(self) -> int | None:
        """The status of /ping; None while nothing answers."""
        try:
            status, _, _ = self.request("GET", "/ping")
        except OSError:
            return None
        return status
