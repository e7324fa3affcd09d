"""Ways of serving a model: one container, several in a row, or many models of one container."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.hosting.answer import Answer
from local_sagemaker.sagemaker.hosting.model_data import is_multi_model
from local_sagemaker.sagemaker.hosting.multi_model import MultiModelServing
from local_sagemaker.sagemaker.hosting.serving_pipeline import ServingPipeline
from local_sagemaker.sagemaker.hosting.serving_process import (
    INVOCATION_TIMEOUT_SECONDS,
    NO_LIMITS,
    ServingProcess,
    StartLimits,
)
from local_sagemaker.sagemaker.log_stream import LogStreams
from local_sagemaker.sagemaker.region import Region


class Serving(Protocol):
    """What a variant or a transform job does with a model."""

    def start(self, logs: LogStreams) -> None:
        """Return once requests can be answered; raises StartFailed."""
        ...

    def stop(self) -> None: ...

    def invoke(
        self,
        body: bytes,
        headers: Mapping[str, str],
        *,
        target_model: str | None = None,
        timeout: float = INVOCATION_TIMEOUT_SECONDS,
    ) -> Answer:
        """The answer to a request.

        Raises:
            OSError: a container is gone or does not answer within `timeout` seconds.
        """
        ...


def create_serving(
    region: Region,
    containers: Sequence[Document],
    directory: Path,
    limits: StartLimits = NO_LIMITS,
) -> Serving:
    """Of the containers of a model, which keeps its files in a directory of its own."""
    if len(containers) > 1:
        return ServingPipeline(region, containers, directory=directory, limits=limits)
    (container,) = containers
    if is_multi_model(container):
        return MultiModelServing(region, container, directory=directory, limits=limits)
    return ServingProcess(region, container, directory=directory, limits=limits)
