"""A fleet that is abandoned while it starts."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import Mock

import pytest
from local_sagemaker.sagemaker.hosting import fleet
from local_sagemaker.sagemaker.hosting.endpoint_configs import EndpointConfig
from local_sagemaker.sagemaker.hosting.models import Model
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.settings import Settings

WAIT_SECONDS = 60


class FakeProcess:
    """Its start() waits for a stop; the first stop() waits until another process has started."""

    stop_asked = threading.Event()
    started: ClassVar[list[FakeProcess]] = []
    second_has_started = threading.Event()

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def start(self, _log: Any) -> None:
        self.started.append(self)
        if len(self.started) == 2:
            self.second_has_started.set()
        self.stop_asked.wait(WAIT_SECONDS)

    def stop(self) -> None:
        self.stop_asked.set()
        self.second_has_started.wait(WAIT_SECONDS)


def test_variant_may_start_while_its_fleet_is_abandoned(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fleet, "create_serving", FakeProcess)
    monkeypatch.setattr(fleet, "LogStreams", Mock())
    variants = [
        {"VariantName": name, "ModelName": "model", "InitialVariantWeight": 1.0} for name in "AB"
    ]
    region = Region(Settings("http://localhost", tmp_path), "us-east-1")
    config = EndpointConfig("config", "arn", {"ProductionVariants": variants})
    starting = fleet.Fleet(region, "endpoint", config, {"model": Model("model", "arn", {}, [{}])})
    thread = threading.Thread(target=starting.start)
    thread.start()
    while not FakeProcess.started:
        assert thread.is_alive()
    starting.abandon()
    thread.join()
