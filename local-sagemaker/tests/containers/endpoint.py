"""Starts the serve program on models made by a test."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import requests
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.serve import XGBoostServer
from local_sagemaker.containers.xgboost.serving_settings import ServingSettings
from local_sagemaker.process import lifeline
from local_sagemaker.process.free_port import free_port
from local_sagemaker.sagemaker.images.start_program import start_program
from werkzeug.test import Client, TestResponse

from tests.containers.training_job import PROGRAM


@dataclass(frozen=True)
class Endpoint:
    url: str

    def invoke(
        self, body: str | bytes, content_type: str | None = "text/csv", accept: str | None = None
    ) -> requests.Response:
        headers = {"Content-Type": content_type, "Accept": accept}
        given = {name: value for name, value in headers.items() if value is not None}
        return requests.post(f"{self.url}/invocations", data=body, headers=given, timeout=10)

    def get(self, path: str) -> requests.Response:
        return requests.get(f"{self.url}{path}", timeout=10)


class Application:
    """The same API without a process, for models that take one or two invocations."""

    def __init__(self, root: Path, models: dict[str, bytes], **environment: str) -> None:
        write_models(root, models)
        settings = ServingSettings.from_environment({"ML_ROOT": str(root), **environment})
        self._client = Client(XGBoostServer(settings).answer)

    def invoke(
        self, body: str | bytes, accept: str = "*/*", content_type: str = "text/csv"
    ) -> TestResponse:
        headers = {"Content-Type": content_type, "Accept": accept}
        return self._client.post("/invocations", data=body, headers=headers)

    def ping(self) -> TestResponse:
        return self._client.get("/ping")


def write_models(root: Path, models: dict[str, bytes]) -> None:
    (root / "model").mkdir(parents=True)
    for name, content in models.items():
        (root / "model" / name).write_bytes(content)


@contextmanager
def serving(root: Path, models: dict[str, bytes], **environment: str) -> Iterator[Endpoint]:
    """An endpoint whose model directory holds these files."""
    write_models(root, models)
    port = free_port()
    settings = {"SAGEMAKER_BIND_TO_PORT": str(port), **environment}
    process = start_program(PROGRAM, "serve", ml_root=root, environment=settings)
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout:
        wait_for(port)
        yield Endpoint(f"http://127.0.0.1:{port}")
        lifeline.kill(process)


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing answers on port {port}")


def model(objective: str, *, seed: int = 0, **parameters: object) -> bytes:
    """A model of three features whose label is the first feature, 0 or 1 (or 2)."""
    features = np.random.default_rng(seed).integers(0, 2, size=(60, 3)).astype(float)
    matrix = xgboost.DMatrix(features, label=features[:, 0])
    settings = {"objective": objective, "base_score": 0.5, "nthread": 1, **parameters}
    return bytes(xgboost.train(settings, matrix, num_boost_round=5).save_raw("ubj"))
