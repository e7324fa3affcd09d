"""What only an extra of this distribution can do, refused where the extra is not installed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from local_sagemaker.containers.xgboost.content_types import FORMATS, PARQUET
from local_sagemaker.sagemaker.algorithms.builtin_algorithm import BuiltInAlgorithm
from local_sagemaker.sagemaker.errors import ValidationException

_LIBRARIES = {"xgboost": "xgboost", "parquet": "duckdb"}  # by the extra that brings them


def check_extras(builtin: BuiltInAlgorithm, definition: Mapping[str, Any]) -> None:
    """Refuse an algorithm, or a channel of a definition, whose library is not installed.

    Raises:
        ValidationException: names the extra and how to get it.
    """
    if builtin.extra:
        _require(builtin.extra, f"The algorithm {builtin.name}")
    for channel in definition.get("InputDataConfig", ()):
        if FORMATS.get(channel.get("ContentType", "")) == PARQUET:
            _require("parquet", f"Channel '{channel['ChannelName']}', which is Parquet,")


def _require(extra: str, needed_by: str) -> None:
    if find_spec(_LIBRARIES[extra]) is None:
        raise ValidationException(
            f"{needed_by} needs the extra '{extra}' of local-sagemaker, which is not installed: "
            f"pip install 'local-sagemaker[{extra}]', and start local AWS again."
        )
