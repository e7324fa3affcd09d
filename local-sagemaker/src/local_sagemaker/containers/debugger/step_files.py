"""The files of one step: the event file that holds its tensors, and the index that finds them."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any, BinaryIO

from local_sagemaker.containers.debugger.event_records import MODE, Array, tensor_record

WORKER = "worker_0"
STEPS_OF_A_FOLDER = 1000  # of index files


def event_path(step: int) -> Path:
    """Within the folder of the tensors."""
    return Path("events", f"{step:012}", f"{step:012}_{WORKER}.tfevents")


def index_path(step: int) -> Path:
    """Within the folder of the tensors."""
    return Path("index", f"{step // STEPS_OF_A_FOLDER:09}", f"{step:012}_{WORKER}.json")


class StepFiles:
    """Writes the tensors of a step; a step without tensors has no files."""

    def __init__(self, directory: Path, step: int) -> None:
        self._directory = directory
        self._step = step
        self._file: BinaryIO | None = None
        self._index: list[dict[str, Any]] = []

    def add(self, name: str, values: Array) -> None:
        if self._file is None:
            self._file = self._partial(event_path(self._step)).open("wb")
        record = tensor_record(name, values, self._step, time.time())
        start = self._file.tell()
        self._file.write(record)
        self._index.append({"tensorname": name, "start_idx": start, "length": len(record)})

    def close(self) -> None:
        """Show the files under their names, the index last: who finds it finds the tensors."""
        if self._file is None:
            return
        self._file.close()
        event_file = event_path(self._step)
        meta = {"mode": MODE, "mode_step": self._step, "event_file_name": str(event_file)}
        index = {"meta": meta, "tensor_payload": self._index, "shape_payload": []}
        self._partial(index_path(self._step)).write_text(json.dumps(index))
        for path in (event_file, index_path(self._step)):
            os.replace(self._partial(path), self._directory / path)

    def _partial(self, path: Path) -> Path:
        partial = self._directory / f"{path}.tmp"
        partial.parent.mkdir(parents=True, exist_ok=True)
        return partial
