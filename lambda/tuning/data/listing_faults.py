"""Faults in the names and sizes of a channel's objects: nothing of them is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from tuning.algorithms.algorithm import Algorithm
from tuning.data.channel_objects import ChannelObjects
from tuning.data.data_format import TEXT, DataFormat
from tuning.errors import Fault

_PACKED = (".gz", ".zip", ".bz2", ".zst", ".xz", ".7z", ".tar", ".tgz", ".snappy", ".lz4")
# What nobody writes rows of numbers into.
_OTHERS = (
    *(".md", ".json", ".yaml", ".yml", ".xml", ".html", ".pdf", ".png", ".jpg", ".svg", ".log"),
    *(".py", ".ipynb", ".sh", ".sql", ".r", ".xls", ".xlsx", ".doc", ".docx", ".crc", ".manifest"),
)
# Folders in which programs keep what is not data, or not yet.
_OF_PROGRAMS = ("_temporary", "_delta_log", "_spark_metadata", "__MACOSX", "__pycache__")

_FLATTEN = "Move all objects into the folder of the channel."


@dataclass(frozen=True)
class Finding:
    """What is wrong with some objects, as half a sentence, and what to do."""

    paths: Sequence[PurePosixPath]
    rule: str
    fix: str


def listing_faults(
    field: str, found: ChannelObjects, content_type: str, algorithm: Algorithm, version: str
) -> Iterator[Fault]:
    """Faults of one channel, each with the first object that shows it."""
    data_format = DataFormat.of(content_type)
    for finding in (
        *_unreadable(found, data_format, algorithm),
        *_unread(found, algorithm.folder_levels(version), version),
    ):
        if finding.paths:
            others = f", and {len(finding.paths) - 1:,} more" if len(finding.paths) > 1 else ""
            rule = f"{finding.rule}: {finding.paths[0]}{others}."
            yield Fault(field, str(found.place), rule, finding.fix)


def _unreadable(
    found: ChannelObjects, data_format: DataFormat | None, algorithm: Algorithm
) -> Iterator[Finding]:
    """Objects that make each training job fail, or that it reads as rows."""
    files = [entry for entry in found.listed if not entry.key.endswith("/")]
    sizes = {found.path_of(entry): entry.size_bytes for entry in files}
    hidden = [path for path in sizes if _is_hidden(path)]
    yield Finding(hidden, "The algorithm refuses hidden files, and there is one", "Delete it.")
    shown = [path for path in sizes if not _is_hidden(path)]
    named = [path for path in shown if not path.name.startswith("_")]
    packed = [path for path in named if path.suffix.lower() in _PACKED]
    yield Finding(packed, "The algorithm unpacks nothing", "Upload it uncompressed.")
    others = [path for path in named if sizes[path] and _is_other(path)]
    yield Finding(others, "The algorithm reads every object as rows", "Move it elsewhere.")
    if data_format in TEXT:
        markers = [path for path in shown if sizes[path] and path.name.startswith("_")]
        yield Finding(markers, "The algorithm reads every object as rows", "Delete it.")
    if data_format in algorithm.objects.never_empty:
        empty = [path for path in named if not sizes[path]]
        yield Finding(empty, "The algorithm refuses a file without a byte", "Delete it.")


def _is_hidden(path: PurePosixPath) -> bool:
    """Also in a hidden folder: notebooks keep copies of files in .ipynb_checkpoints."""
    return any(part.startswith(".") for part in path.parts)


def _is_other(path: PurePosixPath) -> bool:
    return path.suffix.lower() in _OTHERS or any(part in _OF_PROGRAMS for part in path.parts)


def _unread(found: ChannelObjects, levels: int | None, version: str) -> Iterator[Finding]:
    """Objects that training leaves out without a word but in its log."""
    if levels is None or not found.is_prefix:
        return
    paths = [found.path_of(entry) for entry in found.data_objects]
    if levels:
        deep = [path for path in paths if len(path.parts) > levels]
        rule = f"Version {version} reads {levels} levels of folders, the channel's own one counted"
        yield Finding(deep, rule, _FLATTEN)
        return
    folders = {path.parent: path for path in paths}
    if len(folders) > 1:
        rule = f"Version {version} reads one folder of a channel, and there are {len(folders):,}"
        yield Finding([*folders.values()], rule, f"{_FLATTEN} Version 3.0-5 reads three levels.")
