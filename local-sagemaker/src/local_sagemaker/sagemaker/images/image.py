"""The ways in which an image runs here."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Protocol

from local_sagemaker.containers.inference_server import KEY_HEADER, KEY_VARIABLE
from local_sagemaker.sagemaker.images.container import Container
from local_sagemaker.sagemaker.images.docker_container import DockerContainer
from local_sagemaker.sagemaker.images.start_program import runs_code, start_program


class Image(Protocol):
    """What a training job and a variant do with an image; `takes_script` if it may run a script."""

    takes_script: ClassVar[bool]

    def train(self, *, ml_root: Path, environment: Mapping[str, str], isolated: bool) -> Container:
        """Start a container that trains; isolated, it has no network."""
        ...

    def serve(self, *, ml_root: Path, environment: Mapping[str, str], port: int) -> Container:
        """Start a container that answers /ping and /invocations on a port of this machine."""
        ...


class ProcessingImage(Protocol):
    """What a processing job does with an image."""

    def process(
        self, *, ml_root: Path, environment: Mapping[str, str], isolated: bool
    ) -> Container:
        """Start a container that finds its inputs below ml_root; isolated, it has no network."""
        ...


@dataclass(frozen=True)
class ProcessImage:
    """A built-in algorithm's image: `module` is a program of local_sagemaker.containers."""

    module: str
    environment: Mapping[str, str] = field(default_factory=dict)
    takes_script: ClassVar[bool] = False

    def train(self, *, ml_root: Path, environment: Mapping[str, str], isolated: bool) -> Container:
        return self._run("train", ml_root, environment)

    def serve(self, *, ml_root: Path, environment: Mapping[str, str], port: int) -> Container:
        key = secrets.token_urlsafe()
        variables = {**environment, "SAGEMAKER_BIND_TO_PORT": str(port), KEY_VARIABLE: key}
        return self._run("serve", ml_root, variables, headers={KEY_HEADER: key})

    def _run(
        self, command: str, ml_root: Path, environment: Mapping[str, str], **of: Mapping[str, str]
    ) -> Container:
        variables = {**environment, **self.environment}
        program = start_program(self.module, command, ml_root=ml_root, environment=variables)
        return Container(program, [name for name in variables if runs_code(name)], **of)


@dataclass(frozen=True)
class DockerImage:
    """Any other image, or a built-in one that is given a script."""

    uri: str
    entrypoint: Sequence[str] = ()
    arguments: Sequence[str] = ()
    takes_script: ClassVar[bool] = True

    def train(self, *, ml_root: Path, environment: Mapping[str, str], isolated: bool) -> Container:
        command = self.arguments if self.entrypoint else ["train"]
        return self._run(command, ml_root, environment, isolated)

    def process(
        self, *, ml_root: Path, environment: Mapping[str, str], isolated: bool
    ) -> Container:
        return self._run(self.arguments, ml_root, environment, isolated)

    def serve(self, *, ml_root: Path, environment: Mapping[str, str], port: int) -> Container:
        return DockerContainer(
            self.uri, ["serve"], ml_root=ml_root, environment=environment, port=port
        )

    def _run(
        self, command: Sequence[str], ml_root: Path, environment: Mapping[str, str], isolated: bool
    ) -> Container:
        return DockerContainer(
            self.uri,
            command,
            ml_root=ml_root,
            environment=environment,
            entrypoint=self.entrypoint,
            network="none" if isolated else "host",
        )
