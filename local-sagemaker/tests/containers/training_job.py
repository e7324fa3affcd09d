"""Runs the train program on data of a test, as SageMaker starts the image."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from local_sagemaker.process.lifeline import ChildProcess
from local_sagemaker.sagemaker.images.start_program import start_program

PROGRAM = "local_sagemaker.containers.xgboost"


@dataclass
class TrainingJob:
    """A directory laid out as /opt/ml, and what a run left in it."""

    root: Path
    version: str = "3.0-5"
    exit_code: int | None = None
    log: str = ""

    def run(
        self,
        hyperparameters: Mapping[str, str],
        channels: Mapping[str, Mapping[str, str | bytes]],
        *,
        content_type: str | None = "text/csv",
    ) -> TrainingJob:
        """Channels map a name to the channel's files: {"train": {"part-0.csv": "1,2\\n"}}."""
        self.prepare(hyperparameters, channels, content_type)
        with self.start() as (process, log):
            self.log = log.read().decode()
            self.exit_code = process.wait()
        return self

    def prepare(
        self,
        hyperparameters: Mapping[str, str],
        channels: Mapping[str, Mapping[str, str | bytes]],
        content_type: str | None = "text/csv",
        input_mode: str = "File",
    ) -> None:
        setting = {"TrainingInputMode": input_mode, "S3DistributionType": "FullyReplicated"}
        if content_type is not None:
            setting["ContentType"] = content_type
        self._write("input/config/hyperparameters.json", json.dumps(hyperparameters))
        self._write(
            "input/config/inputdataconfig.json", json.dumps(dict.fromkeys(channels, setting))
        )
        for channel, files in channels.items():
            for name, content in files.items():
                self._write(f"input/data/{channel}/{name}", content)

    @contextmanager
    def start(self) -> Iterator[tuple[ChildProcess, IO[bytes]]]:
        """The train program and what it prints; it ends with the block."""
        environment = {"SM_XGBOOST_VERSION": self.version}
        process = start_program(PROGRAM, "train", ml_root=self.root, environment=environment)
        assert process.stdin is not None
        assert process.stdout is not None
        with process.stdin, process.stdout:
            yield process, process.stdout

    @property
    def failure(self) -> str:
        path = self.root / "output" / "failure"
        return path.read_text() if path.exists() else ""

    @property
    def rounds(self) -> list[dict[str, float]]:
        """The metrics of each logged round: {"train-auc": 0.9, "validation-auc": 0.8}."""
        lines = [line for line in self.log.splitlines() if re.match(r"\[\d+\]\t", line)]
        return [
            {name: float(value) for name, value in re.findall(r"\t([^:]+):(\S+)", line)}
            for line in lines
        ]

    def _write(self, path: str, content: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
