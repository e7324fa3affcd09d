"""Reads what a hook has saved, this one or smdebug's in an image of one's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from google.protobuf.message import DecodeError

from local_sagemaker.containers.debugger.event_records import Array, read_tensor
from local_sagemaker.containers.debugger.hook import COLLECTIONS_PATH
from local_sagemaker.files.foreign_names import is_within, path_below


class Unreadable(Exception):
    """There are no tensors, or files that are none; the text says which."""


class _Place(NamedTuple):
    """Where a tensor of a step lies."""

    path: Path
    start: int
    length: int


class SavedTensors:
    """The tensors of a directory, by name and step."""

    def __init__(self, directory: Path) -> None:
        """Read the index.

        Raises:
            Unreadable: nothing was saved, or the files are not smdebug's.
        """
        self._directory = directory
        self._places: dict[str, dict[int, _Place]] = {}
        self._collections = self._read_collections()
        for path in sorted(directory.glob("index/*/*.json")):
            self._read_index(path.relative_to(directory))

    def names(self, collections: Iterable[str], patterns: Iterable[str]) -> list[str]:
        """The tensors of these collections, and those that one of the patterns finds."""
        found = {name for collection in collections for name in self._of_collection(collection)}
        found |= {name for name in self._places for pattern in patterns if re.search(pattern, name)}
        return sorted(found)

    def steps(self, name: str) -> list[int]:
        return sorted(self._places.get(name, {}))

    def value(self, name: str, step: int) -> Array:
        """Raises Unreadable when the file of the step is not there, or is none."""
        place = self._places[name][step]
        try:
            if not is_within(place.path, self._directory):
                raise ValueError("it leads out of the directory")
            with place.path.open("rb") as file:
                file.seek(place.start)
                return read_tensor(file.read(place.length))
        except (OSError, ValueError, DecodeError) as fault:
            raise Unreadable(f"Tensor {name} of step {step} cannot be read: {fault}") from fault

    def _of_collection(self, collection: str) -> list[str]:
        config = self._collections.get(collection, {})
        known, patterns = config.get("tensor_names", []), config.get("include_regex", [])
        return [
            name
            for name in self._places
            if name in known or any(re.search(pattern, name) for pattern in patterns)
        ]

    def _read_collections(self) -> dict[str, Any]:
        found = self._document(COLLECTIONS_PATH)
        collections = found.get("collections") if isinstance(found, dict) else None
        if not isinstance(collections, dict):
            raise Unreadable(f"{COLLECTIONS_PATH} names no collections")
        return collections

    def _read_index(self, path: Path) -> None:
        try:
            index = self._document(path)
            step = int(path.name.partition("_")[0])
            for each in index["tensor_payload"]:
                file = path_below(self._directory, index["meta"]["event_file_name"])
                place = _Place(file, int(each["start_idx"]), int(each["length"]))
                self._places.setdefault(each["tensorname"], {})[step] = place
        except (ValueError, KeyError, TypeError) as fault:
            raise Unreadable(f"{path} is no index of tensors: {fault}") from fault

    def _document(self, path: Path) -> Any:
        place = self._directory / path
        if not place.is_file() or not is_within(place, self._directory):
            raise Unreadable(f"The training job has saved no tensors: there is no {path}")
        try:
            return json.loads(place.read_text())
        except ValueError as fault:
            raise Unreadable(f"{path} is no JSON: {fault}") from fault
