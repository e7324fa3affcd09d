"""Pipe mode: the objects of a channel, one after the other, through a named pipe.

Developer guide, "How Amazon SageMaker provides training information": a container reads epoch n of
a channel from input/data/<channel>_<n>. The containers here read each channel once.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import random
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

_CHUNK_BYTES = 1024 * 1024
_LOOK_SECONDS = 0.05
_logger = logging.getLogger(__name__)

Place = tuple[str, str]  # bucket and key


class Pipe:
    """The first epoch of one channel; a thread writes as fast as the container reads."""

    def __init__(self, client: Any, objects: Sequence[Place], directory: Path) -> None:
        self._client = client
        self._objects = objects
        self._path = directory.with_name(f"{directory.name}_0")
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"pipe {self._path}", daemon=True)
        os.mkfifo(self._path)
        self._thread.start()

    def close(self) -> None:
        """End the writer, also when nobody has read; the container has ended."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            try:
                descriptor = self._open()
                if descriptor is not None:
                    with os.fdopen(descriptor, "wb") as pipe:
                        self._write(pipe)
            except (ClientError, BotoCoreError) as fault:
                _logger.warning("%s ends early: %s", self._path, fault)

    def _open(self) -> int | None:
        """Waits for the container to read, without a lock that nobody could end."""
        while not self._ended.wait(_LOOK_SECONDS):
            try:
                descriptor = os.open(self._path, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as fault:
                if fault.errno != errno.ENXIO:
                    raise
            else:
                os.set_blocking(descriptor, True)
                return descriptor
        return None

    def _write(self, pipe: Any) -> None:
        for bucket, key in self._objects:
            body = self._client.get_object(Bucket=bucket, Key=key)["Body"]
            for chunk in body.iter_chunks(_CHUNK_BYTES):
                pipe.write(chunk)


def in_order(objects: Sequence[Place], shuffle: dict[str, Any] | None) -> list[Place]:
    """As they are listed, or as ShuffleConfig's Seed orders them in the first epoch."""
    ordered = list(objects)
    if shuffle is not None:
        random.Random(shuffle["Seed"]).shuffle(ordered)
    return ordered
