"""The hook: saves the tensors of a step in the collections that are due."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from local_sagemaker.containers.debugger.event_records import MODE, Array
from local_sagemaker.containers.debugger.hook_settings import HookSettings
from local_sagemaker.containers.debugger.step_files import WORKER, StepFiles

COLLECTIONS_PATH = Path("collections", f"{0:09}", f"{WORKER}_collections.json")
CLAIM = "claim.smd"  # smdebug marks with it that a process writes here


class HookFailed(Exception):
    """smdebug raises this during the training, which fails with it."""


class Hook:
    """Tensors of one training in one directory, in steps that follow each other.

    smdebug writes the collections as soon as it has saved a step and the next begins, so their
    tensor_names are those of the first saved step.
    """

    def __init__(self, settings: HookSettings, directory: Path) -> None:
        self._collections = settings.collections
        self._saved = [settings.collections[name] for name in sorted(settings.saved)]
        self._directory = directory
        self._step = 0
        self._files: StepFiles | None = None
        self._has_exported = False

    def begin(self, step: int) -> bool:
        """Whether anything may be saved at this step.

        Raises:
            HookFailed: a collection of one's own does not say which tensors it has.
        """
        for collection in self._collections.values():
            if not collection.is_configured:
                raise HookFailed(
                    f"Collection {collection.name} has not been configured. Please fill in "
                    "tensor_name or include_regex"
                )
        if self._files is not None:
            self._export()
        self._step = step
        due = any(collection.saves(MODE, step) for collection in self._saved)
        if due:
            self._files = StepFiles(self._directory, step)
        return due

    def is_due(self, name: str) -> bool:
        """Whether the collection is saved at this step."""
        collection = self._collections[name]
        return collection in self._saved and collection.saves(MODE, self._step)

    def save(self, tensor: str, value: Any) -> None:
        """Save a number, a text or an array if it is in a collection that is due.

        Raises:
            HookFailed: the collection asks for reductions, which XGBoost's hook has not.
        """
        found = [collection for collection in self._saved if collection.has(tensor)]
        due = [collection for collection in found if collection.saves(MODE, self._step)]
        if any(collection.is_reduced for collection in due):
            raise HookFailed("Reductions are not supported by XGBoost hook")
        values = _array(value)
        if due and values.nbytes > 0 and self._files is not None:
            self._files.add(tensor, values)

    def end(self) -> None:
        """The step is over: its files are there."""
        assert self._files is not None
        self._files.close()

    def close(self) -> None:
        """The training is over."""
        self._export()

    def _export(self) -> None:
        if self._has_exported:
            return
        self._has_exported = True
        path = self._directory / COLLECTIONS_PATH
        path.parent.mkdir(parents=True, exist_ok=True)
        (self._directory / CLAIM).touch()
        collections = {name: each.document() for name, each in self._collections.items()}
        path.write_text(json.dumps({"collections": collections, "_meta": {"num_workers": 1}}))


def _array(value: Any) -> Array:
    return value if isinstance(value, np.ndarray) else np.atleast_1d(np.asarray(value))
