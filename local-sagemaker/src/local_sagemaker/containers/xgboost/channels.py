"""Which channels a training job may have, and how they may be set up."""

from __future__ import annotations

from collections.abc import Mapping

from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.xgboost.content_types import DEFAULT, FORMATS, LIBSVM
from local_sagemaker.containers.xgboost.versions import ContainerVersion

TRAIN, VALIDATION, CODE = "train", "validation", "code"
Channel = Mapping[str, str]


def check_channels(channels: Mapping[str, Channel], version: ContainerVersion) -> str:
    """The format of the data, taken from the train channel for both channels.

    Raises UserError for a missing, unknown or unsupported channel. A content type must be spelled
    exactly as in the list: parameters such as ;label_size=1 are refused, as the container does.
    """
    if TRAIN not in channels:
        raise UserError(f"Missing required channel: {TRAIN}")
    for name, channel in channels.items():
        if name not in (TRAIN, VALIDATION, CODE):
            raise UserError(
                f"Extraneous channel found: {name}; the algorithm reads {TRAIN} and {VALIDATION}"
            )
        if name != CODE:
            _check_channel(name, channel, version)
    return FORMATS[channels[TRAIN].get("ContentType", DEFAULT)]


def is_piped(channel: Channel) -> bool:
    return channel.get("TrainingInputMode") == "Pipe"


def _check_channel(name: str, channel: Channel, version: ContainerVersion) -> None:
    content_type = channel.get("ContentType", DEFAULT)
    mode = channel.get("TrainingInputMode", "File")
    faults = []
    if content_type not in FORMATS:
        faults.append(f"ContentType {content_type} must be one of {', '.join(FORMATS)}")
    if mode == "Pipe" and version.reads_pipes:
        if FORMATS.get(content_type) == LIBSVM:
            faults.append(f"TrainingInputMode {mode} must be File for {content_type}")
    elif mode != "File":
        faults.append(f"TrainingInputMode {mode} must be File")
    if faults:
        raise UserError(
            f"Channel configuration for '{name}' channel is not supported: {'; '.join(faults)}"
        )
