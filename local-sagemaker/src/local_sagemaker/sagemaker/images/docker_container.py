"""A container of an image that only Docker can run, as SageMaker's local mode runs it.

A training container shares this machine's network,
so that it reaches local AWS; a serving container's port 8080 is published on the loopback address.
"""

from __future__ import annotations

import logging
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from local_sagemaker.process import lifeline
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.images import docker_run
from local_sagemaker.sagemaker.images.container import HOST, Container
from local_sagemaker.sagemaker.images.docker_variables import hand_over

SERVING_PORT = 8080
ANSWER_SECONDS = 20.0
LABEL = "local-aws"  # docker ps --filter label=local-aws
DOCKER_FAILED = 125  # the exit code of `docker run` when no container has started

_logger = logging.getLogger(__name__)


def check_docker(image: str, why: str, instead: str) -> None:
    """Refuse an image when there is no Docker engine to run it.

    Raises:
        ValidationException: says why it needs one, how to get one, and what needs none.
    """
    fault = docker_fault()
    if fault:
        raise ValidationException(
            f"'{image}' {why}: it needs Docker, and {fault}. Install and start Docker, {instead}, "
            "or run this in an AWS account."
        )


def docker_fault() -> str:
    """Why no Docker engine can be used; empty if one can."""
    try:
        asked = subprocess.run(
            ["docker", "version", "--format", "{{.Server.Version}}"],
            capture_output=True,
            text=True,
            timeout=ANSWER_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        return "there is no docker command"
    except subprocess.TimeoutExpired:
        return "the Docker engine does not answer"
    if asked.returncode == 0:
        return ""
    return asked.stderr.strip() or "the Docker engine does not answer"


class DockerContainer(Container):
    """Runs `train` or `serve` of an image, with the parts of ml_root below /opt/ml."""

    def __init__(
        self,
        image: str,
        command: Sequence[str],
        *,
        ml_root: Path,
        environment: Mapping[str, str],
        entrypoint: Sequence[str] = (),
        port: int | None = None,
        network: str = "host",
    ) -> None:
        self._image = image
        self._ml_root = ml_root
        self._name = f"{LABEL}-{secrets.token_hex(6)}"
        options = ["--rm", "--label", LABEL]
        for part in sorted(ml_root.iterdir()):
            options += ["--volume", f"{part}:/opt/ml/{part.name}"]
        file = ml_root / f"{self._name}.env"
        variables = hand_over(environment, file)
        options += variables.options
        if port is not None:
            options += ["--publish", f"127.0.0.1:{port}:{SERVING_PORT}"]
        else:
            # AWS's training toolkit waits a quarter of an hour for the names of all its hosts.
            options += ["--network", network, "--add-host", f"{HOST}:127.0.0.1"]
        if entrypoint:
            options += ["--entrypoint", entrypoint[0]]
        run = [*options, "--", image, *entrypoint[1:], *command]
        super().__init__(
            lifeline.spawn(
                [sys.executable, "-m", docker_run.__name__, self._name, str(file), *run],
                env={**os.environ, **variables.of_several_lines},
                stdout=subprocess.PIPE,
            ),
            variables.left_out,
        )

    @property
    def fault(self) -> str:
        """AWS's words for an image that cannot be pulled."""
        if self.running or self._process.poll() != DOCKER_FAILED or _is_here(self._image):
            return ""
        return (
            "Cannot pull algorithm container. Either the image does not exist or its "
            f"permissions are incorrect; `docker pull {self._image}` tells more"
        )

    def wait(self) -> int:
        code = super().wait()
        _give_back(self._ml_root, self._image)
        return code

    def kill(self) -> None:
        if self.running:
            docker_run.remove(self._name)
        super().kill()


def _give_back(ml_root: Path, image: str) -> None:
    """Make this user the owner of what a container has left as root, to read it and remove it."""
    user = os.getuid()
    if user == 0 or all(path.lstat().st_uid == user for path in ml_root.rglob("*")):
        return
    options = ["--rm", "--network", "none", "--user", "0", "--volume", f"{ml_root}:/opt/ml"]
    owner = ["-R", f"{user}:{os.getgid()}", "/opt/ml"]
    run = ["docker", "run", *options, "--entrypoint", "chown", image, *owner]
    given = subprocess.run(run, capture_output=True, text=True, check=False)
    if given.returncode != 0:
        _logger.warning("Files of root stay in %s: %s", ml_root, given.stderr.strip())


def _is_here(image: str) -> bool:
    inspect = ["docker", "image", "inspect", image]
    return subprocess.run(inspect, capture_output=True, check=False).returncode == 0
