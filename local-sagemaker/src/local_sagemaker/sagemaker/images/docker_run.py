"""A process that runs one container and removes it when local AWS goes, even after kill -9.

    python -m local_sagemaker.sagemaker.images.docker_run NAME ENV-FILE ARGUMENT-OF-DOCKER-RUN ...

A container is no child of the docker command: it would outlive it. This process sees the end of its
stdin when local AWS has gone (lifeline.py). Its exit code is the container's. The file with the
container's variables is deleted at the end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path


def main(name: str, env_file: str, arguments: Sequence[str]) -> int:
    run = subprocess.Popen(["docker", "run", "--name", name, *arguments], stdin=subprocess.DEVNULL)
    # The docker command passes SIGTERM on to the container, or ends while it pulls the image.
    signal.signal(signal.SIGTERM, lambda _signal, _frame: run.terminate())
    threading.Thread(target=_remove_at_the_end, args=(name, run), daemon=True).start()
    try:
        return run.wait()
    finally:
        Path(env_file).unlink(missing_ok=True)


def remove(name: str) -> None:
    """End a container at once, if it has come into being."""
    subprocess.run(["docker", "rm", "--force", name], capture_output=True, check=False)


def _remove_at_the_end(name: str, run: subprocess.Popen[bytes]) -> None:
    while os.read(0, 1):
        pass
    remove(name)
    run.kill()  # it may still be pulling the image


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
