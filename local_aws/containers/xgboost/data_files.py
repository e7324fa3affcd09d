"""The files of a channel."""

from __future__ import annotations

import logging
from pathlib import Path

from local_aws.containers.xgboost.errors import UserError

MAX_FOLDER_DEPTH = 3  # the channel's own folder counts as the first

logger = logging.getLogger(__name__)


def data_files(channel: Path) -> list[Path]:
    """The non-empty files of a channel and its folders, in the order of their names.

    Folders nested deeper than the container reads are left out with a warning; a hidden file is
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
    near = [path for path in files if len(path.relative_to(channel).parts) <= MAX_FOLDER_DEPTH]
    if len(near) < len(files):
        logger.warning(
            "The depth of folder %s exceeds the limit %d. Files in deeper folders are not loaded.",
            channel,
            MAX_FOLDER_DEPTH,
        )
    return [path for path in near if path.stat().st_size > 0]
