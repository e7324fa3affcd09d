"""The files of a channel."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path

from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.xgboost.versions import ContainerVersion

MAX_FOLDER_DEPTH = 3  # the channel's own folder counts as the first

logger = logging.getLogger(__name__)


def data_files(channel: Path, version: ContainerVersion) -> list[Path]:
    """The files of a channel that this version reads, in the order of their names.

    There are none when all are empty. What it leaves out is said in a warning; a hidden file is
    refused, as the container does.
    """
    if not channel.is_dir():
        return []
    files = sorted(path for path in channel.rglob("*") if path.is_file())
    hidden = [path.name for path in files if path.name.startswith(".")]
    if hidden:
        raise UserError(
            f"Hidden file found in the data path! Remove that before training: {', '.join(hidden)}"
        )
    read = _near(channel, files) if version.reads_folders else _of_one_folder(channel, files)
    return read if any(path.stat().st_size for path in read) else []


def warn_of_duplicates(train: Sequence[Path], validation: Sequence[Path]) -> None:
    """Rows that are in both channels make the validation metrics worthless."""
    sizes = {path.name: path.stat().st_size for path in train}
    for path in validation:
        if path.stat().st_size == sizes.get(path.name):
            logger.warning(
                "Suspected identical files found: %s is in both channels with the same size. "
                "Duplicate data in the training set and validation set can impair the validity "
                "of the model evaluation by the validation score.",
                path.name,
            )


def _near(channel: Path, files: Sequence[Path]) -> list[Path]:
    near = [path for path in files if len(path.relative_to(channel).parts) <= MAX_FOLDER_DEPTH]
    if len(near) < len(files):
        logger.warning(
            "The depth of folder %s exceeds the limit %d. Files in deeper folders are not loaded.",
            channel,
            MAX_FOLDER_DEPTH,
        )
    return near


def _of_one_folder(channel: Path, files: Sequence[Path]) -> list[Path]:
    """Images before 3.0 read the first folder that has no folders in it."""
    folders = {Path(root) for root, inner, _ in os.walk(channel) if not inner}
    first = min(folders)
    read = [path for path in files if path.parent == first]
    if len(read) < len(files):
        logger.warning(
            "Images before 3.0 read one folder of a channel, here %s. %d files elsewhere are not "
            "loaded: put all files of the channel into one folder.",
            first,
            len(files) - len(read),
        )
    return read
