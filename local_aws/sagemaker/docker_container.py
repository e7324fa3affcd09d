"""A container of an image that only Docker can run, as SageMaker's local mode runs it.

A training container shares this machine's network,
so that it reaches local AWS; a serving container's port 8080 is published on the loopback address.
"""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from local_aws import lifeline
from local_aws.sagemaker.container import Container
from local_aws.sagemaker.errors import ValidationException

SERVING_PORT = 8080
ANSWER_SECONDS = 20.0
LABEL = "local-aws"  # docker ps --filter label=local-aws


def check_docker(image: str) -> None:
    """Refuse an image when there is no Docker engine to run it.

    Raises:
        ValidationException: says how to get one.
    """
    try:
        asked = subprocess.run(
            ["docker", "version", "--format", "{{.Server.Version}}"],
            capture_output=True,
            text=True,
            timeout=ANSWER_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        fault = "there is no docker command"
    except subprocess.TimeoutExpired:
        fault = "the Docker engine does not answer"
    else:
        if asked.returncode == 0:
            return
        fault = asked.stderr.strip() or "the Docker engine does not answer"
    raise ValidationException(
        f"'{image}' is no built-in algorithm of local AWS, or is given a script of its own: it "
        f"needs Docker, and {fault}. Install and start Docker, use a built-in XGBoost or Linear "
        "Learner image without a script, or run this in an AWS account."
    )


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
        self._name = f"{LABEL}-{secrets.token_hex(6)}"
        options = ["--rm", "--name", self._name, "--label", LABEL]
        for part in sorted(ml_root.iterdir()):
            options += ["--volume", f"{part}:/opt/ml/{part.name}"]
        for name, value in environment.items():
            options += ["--env", f"{name}={value}"]
        if port is not None:
            options += ["--publish", f"127.0.0.1:{port}:{SERVING_PORT}"]
        else:
            options += ["--network", network]
        if entrypoint:
            options += ["--entrypoint", entrypoint[0]]
        # The docker command passes SIGTERM on to the container, or ends while the image is pulled.
        super().__init__(
            lifeline.spawn(
                ["docker", "run", *options, image, *entrypoint[1:], *command],
                env=os.environ,
                stdout=subprocess.PIPE,
            )
        )

    def kill(self) -> None:
        if self.running:
            subprocess.run(["docker", "kill", self._name], capture_output=True, check=False)
        super().kill()
