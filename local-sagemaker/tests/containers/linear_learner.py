"""Trains and serves Linear Learner on data of a test, as SageMaker starts the image."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from local_sagemaker.containers.directories import Directories
from local_sagemaker.containers.linear_learner import train
from local_sagemaker.containers.linear_learner.metric_names import regex
from local_sagemaker.containers.linear_learner.model import LinearModel
from local_sagemaker.containers.linear_learner.serve import LinearLearnerServer
from werkzeug.test import Client, TestResponse

Channels = Mapping[str, Mapping[str, bytes]]


def csv(features: np.ndarray, labels: np.ndarray) -> bytes:
    """Rows with the label first."""
    lines = (
        ",".join(map(repr, [float(label), *map(float, row)]))
        for label, row in zip(labels, features, strict=True)
    )
    return ("\n".join(lines) + "\n").encode()


def binary_rows(
    count: int = 300, *, seed: int = 0, share: float = 0.5
) -> tuple[np.ndarray, np.ndarray]:
    """Features, and labels of which about `share` are 1, that a linear model can tell apart."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(count, 4)) * [1, 10, 0.1, 1] + [0, 5, 0, 100]
    noisy = features @ [1.0, 0.2, 0.0, 0.0] + rng.normal(scale=0.5, size=count)
    return features, (noisy > np.quantile(noisy, 1 - share)).astype(float)


class Job:
    """A directory laid out as /opt/ml, a run of the train program in it, and what it left."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.log = ""

    def prepare(
        self,
        hyperparameters: Mapping[str, str],
        channels: Channels,
        *,
        content_type: str | None = "text/csv",
        input_mode: str = "File",
    ) -> None:
        """Channels map a name to the channel's files: {"train": {"part-0.csv": b"1,2\\n"}}."""
        setting = {"TrainingInputMode": input_mode, "S3DistributionType": "FullyReplicated"}
        if content_type is not None:
            setting["ContentType"] = content_type
        config = {
            "hyperparameters": dict(hyperparameters),
            "inputdataconfig": dict.fromkeys(channels, setting),
        }
        for name, document in config.items():
            self._write(f"input/config/{name}.json", json.dumps(document).encode())
        for channel, files in channels.items():
            for name, content in files.items():
                self._write(f"input/data/{channel}/{name}", content)
        (self.root / "model").mkdir(parents=True, exist_ok=True)

    def start(self) -> subprocess.Popen[str]:
        """The train program, as SageMaker starts it."""
        return subprocess.Popen(
            [sys.executable, "-m", "local_sagemaker.containers.linear_learner", "train"],
            env=os.environ | {"ML_ROOT": str(self.root), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, caplog: pytest.LogCaptureFixture) -> Job:
        """The same in this process, since starting one costs more than a small training."""
        caplog.clear()
        with caplog.at_level("INFO"):
            train.train(Directories(self.root), threading.Event())
        self.log = "\n".join(caplog.messages)
        return self

    @property
    def model(self) -> LinearModel:
        return LinearModel.load(self.root / "model")

    @property
    def failure(self) -> str:
        path = self.root / "output" / "failure"
        return path.read_text() if path.exists() else ""

    def metric(self, name: str) -> list[float]:
        """Every value that SageMaker finds of a metric in the log."""
        return [float(value) for value in re.findall(regex(name), self.log)]

    def _write(self, path: str, content: bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


class Endpoint:
    """The HTTP API on a model, without a process."""

    def __init__(self, directory: Path, model: LinearModel | None) -> None:
        if model is not None:
            model.save(directory)
        self._client = Client(LinearLearnerServer(directory).answer)

    def invoke(
        self, body: bytes | str, content_type: str | None = "text/csv", accept: str | None = None
    ) -> TestResponse:
        headers = {"Content-Type": content_type, "Accept": accept}
        given = {name: value for name, value in headers.items() if value is not None}
        return self._client.post("/invocations", data=body, headers=given)

    def get(self, path: str) -> TestResponse:
        return self._client.get(path)
