"""An inference pipeline: containers that answer one after the other."""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from pathlib import Path

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.hosting.answer import Answer
from local_sagemaker.sagemaker.hosting.serving_process import (
    INVOCATION_TIMEOUT_SECONDS,
    ServingProcess,
    StartFailed,
    StartLimits,
)
from local_sagemaker.sagemaker.log_stream import LogStreams
from local_sagemaker.sagemaker.region import Region


class ServingPipeline:
    """What a container answers is the next one's request, under the type that it gives it.

    Accept is the last one's: those before it answer in the type that they choose.
    """

    def __init__(
        self,
        region: Region,
        containers: Sequence[Document],
        *,
        directory: Path,
        limits: StartLimits,
    ) -> None:
        names = container_names(containers)
        self._directory = directory
        self._processes = {
            name: ServingProcess(
                region, container, directory=directory / name, name=name, limits=limits
            )
            for name, container in zip(names, containers, strict=True)
        }

    def start(self, logs: LogStreams) -> None:
        """Start each container, with a log of its own; raises StartFailed."""
        for name, process in self._processes.items():
            try:
                process.start(logs.below(name))
            except StartFailed as failure:
                raise StartFailed(f"container {name} of the pipeline: {failure}") from failure

    def stop(self) -> None:
        for process in self._processes.values():
            process.stop()

    def invoke(
        self,
        body: bytes,
        headers: Mapping[str, str],
        *,
        target_model: str | None = None,
        timeout: float = INVOCATION_TIMEOUT_SECONDS,
    ) -> Answer:
        """The answer of the last container, or of the first that answers with an error."""
        *others, last = self._processes.values()
        between = {name: value for name, value in headers.items() if name != "Accept"}
        for process in others:
            answer = process.invoke(body, between, timeout=timeout)
            if answer.status >= http.client.BAD_REQUEST:
                return answer
            body = answer.body
            between["Content-Type"] = answer.headers.get("content-type", "")
        accept = {"Accept": headers["Accept"]} if "Accept" in headers else {}
        return last.invoke(body, between | accept, timeout=timeout)


def container_names(containers: Sequence[Document]) -> list[str]:
    """ContainerHostname, or container-1 and so on."""
    return [
        container.get("ContainerHostname", f"container-{number}")
        for number, container in enumerate(containers, start=1)
    ]
