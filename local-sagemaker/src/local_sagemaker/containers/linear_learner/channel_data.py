"""Reads the channels: CSV with the label first, or RecordIO-protobuf."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from local_sagemaker.containers import recordio
from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.linear_learner.losses import Array
from local_sagemaker.containers.linear_learner.metric_names import BINARY, REGRESSOR
from local_sagemaker.containers.rows import Rows

TRAIN, VALIDATION, TEST = "train", "validation", "test"
CSV = "text/csv"
CONTENT_TYPES = (CSV, recordio.CONTENT_TYPE)
DEFAULT = recordio.CONTENT_TYPE

Channel = Mapping[str, str]


def check_channels(channels: Mapping[str, Channel]) -> None:
    """Raises UserError for a missing or unknown channel, or one that is set up otherwise."""
    if TRAIN not in channels:
        raise UserError(f"Missing required channel: {TRAIN}")
    for name, channel in channels.items():
        if name not in (TRAIN, VALIDATION, TEST):
            raise UserError(
                f"Additional channels are not allowed ({name!r} was unexpected): the algorithm "
                f"reads {TRAIN}, {VALIDATION} and {TEST}"
            )
        if media_type(channel) not in CONTENT_TYPES:
            raise UserError(
                f"ContentType {channel['ContentType']} of channel {name!r} is not supported: it "
                f"must be one of {', '.join(CONTENT_TYPES)}"
            )
        if (mode := channel.get("TrainingInputMode", "File")) not in ("File", "Pipe"):
            raise UserError(
                f"TrainingInputMode {mode} of channel {name!r} is not supported: use File or Pipe"
            )


def media_type(channel: Channel) -> str:
    """Without parameters: text/csv;label_size=1 is text/csv, which has one label anyway."""
    return channel.get("ContentType", DEFAULT).split(";")[0].strip().lower()


def read_channel(directory: Path, name: str, channel: Channel, width: int | None = None) -> Rows:
    """All rows of a channel, of which each has `width` features if that is given.

    `directory` holds its files; a pipe lies beside it. A pipe is read once, whatever `epochs` is.
    Raises UserError when there are none, or they are not what the content type says.
    """
    contents = [content for content in _contents(directory, channel) if content]
    if not contents:
        raise UserError(f"No data in channel {name!r}: there is no file that is not empty")
    kind = media_type(channel)
    try:
        if kind == CSV:
            rows = _split_label(read_csv("".join(map(_text, contents))))
        else:
            rows = recordio.read_rows(b"".join(contents), width)
    except ValueError as error:
        raise UserError(
            f"Unable to read data channel '{name}'. Requested content-type is '{kind}'. Please "
            f"verify the data matches the requested content-type. (caused by {error})"
        ) from error
    _check(rows, name, width)
    return rows


def read_csv(text: str) -> Array:
    """The numbers of rows of equal width; ValueError for a header row, text or an empty cell."""
    if not text.strip():
        raise ValueError("there are no rows")
    return np.loadtxt(io.StringIO(text), delimiter=",", ndmin=2, comments=None)


def check_labels(rows: Rows, name: str, values: Mapping[str, object]) -> None:
    """Raises UserError for labels that the predictor cannot have."""
    predictor = values["predictor_type"]
    if predictor == REGRESSOR:
        return
    classes = 2 if predictor == BINARY else int(str(values["num_classes"]))
    wrong = (rows.labels % 1 != 0) | (rows.labels < 0) | (rows.labels >= classes)
    if wrong.any():
        raise UserError(
            f"Channel {name!r} has the label {rows.labels[wrong][0]:g}: predictor_type "
            f"{predictor} needs whole numbers from 0 to {classes - 1}, in the first column of CSV"
        )


def _contents(directory: Path, channel: Channel) -> list[bytes]:
    """Of each file in the order of their names, or of the pipe of the first epoch."""
    if channel.get("TrainingInputMode") == "Pipe":
        return [directory.with_name(f"{directory.name}_0").read_bytes()]
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    return [path.read_bytes() for path in files]


def _text(content: bytes) -> str:
    """The rows of a file, each on a line; the last one may have no line end."""
    text = content.decode("utf-8", errors="replace")
    return text if text.endswith("\n") else f"{text}\n"


def _split_label(table: Array) -> Rows:
    if table.shape[1] < 2:
        raise ValueError("a row must have a label and at least one feature, separated by commas")
    return Rows(table[:, 1:], table[:, 0])


def _check(rows: Rows, name: str, width: int | None) -> None:
    found = rows.features.shape[1]
    if width is not None and found != width:
        raise UserError(f"Channel {name!r} has {found} features, {width} were expected")
    if not (np.isfinite(rows.features).all() and np.isfinite(rows.labels).all()):
        raise UserError(f"Channel {name!r} has values that are missing, NaN or infinite")
