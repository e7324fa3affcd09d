"""The rows of an invocation request: features only, without labels.

"Common data formats for inference" in the developer guide.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
from werkzeug.http import parse_options_header

from local_sagemaker.containers import recordio
from local_sagemaker.containers.linear_learner.channel_data import read_csv
from local_sagemaker.containers.linear_learner.losses import Array
from local_sagemaker.containers.recordio import Tensor

CSV, JSON, JSON_LINES = "text/csv", "application/json", "application/jsonlines"


class UnsupportedType(ValueError):
    """The content type is none of those that the algorithm takes."""


def read_rows(body: bytes, content_type: str | None, width: int) -> Array:
    """The features of each row; an unset content type means application/json.

    Raises:
        UnsupportedType: for another content type.
        ValueError: the body is not of its type, or its rows have not `width` features.
    """
    media_type, options = parse_options_header(content_type or JSON)
    reader = READERS.get(media_type.lower())
    if reader is None:
        raise UnsupportedType(
            f"Content-type {content_type} is not supported: send one of {', '.join(READERS)}"
        )
    if not body.strip():
        raise ValueError("the request is empty")
    try:
        rows = reader(body, width, options)
    except OverflowError as error:
        raise ValueError(f"a number is too large: {error}") from error
    except RecursionError as error:
        raise ValueError("the JSON is nested too deeply") from error
    if rows.shape[1] != width:
        raise ValueError(f"a row has {rows.shape[1]} features, the model was trained on {width}")
    if not np.isfinite(rows).all():
        raise ValueError("a row has values that are missing, NaN or infinite")
    return rows


Options = dict[str, str]


def _read_csv(body: bytes, width: int, options: Options) -> Array:
    """label_size=1 says that each row begins with a label."""
    return read_csv(body.decode("utf-8"))[:, int(options.get("label_size", "0")) :]


def _read_json(body: bytes, width: int, options: Options) -> Array:
    document = json.loads(body)
    if not isinstance(document, dict) or not isinstance(document.get("instances"), list):
        raise ValueError('JSON must be an object with a list of "instances"')
    return _rows(document["instances"], width)


def _read_json_lines(body: bytes, width: int, options: Options) -> Array:
    return _rows([json.loads(line) for line in body.splitlines() if line.strip()], width)


def _read_recordio(body: bytes, width: int, options: Options) -> Array:
    return recordio.read_rows(body, width).features


READERS: dict[str, Callable[[bytes, int, Options], Array]] = {
    CSV: _read_csv,
    JSON: _read_json,
    JSON_LINES: _read_json_lines,
    recordio.CONTENT_TYPE: _read_recordio,
}


def _rows(instances: list[Any], width: int) -> Array:
    rows = [_features(instance, width) for instance in instances]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("the instances differ in their number of features")
    return np.array(rows, dtype=float).reshape(len(rows), -1)


def _features(instance: Any, width: int) -> Array:
    """{"features": [...]} or {"data": {"features": {"values", "keys"?, "shape"?}}}."""
    try:
        given = instance["features"] if "features" in instance else instance["data"]["features"]
        if isinstance(given, list):
            return np.array(given, dtype=float)
        values = np.array(given["values"], dtype=float)
        if "keys" not in given:
            return values
        keys = np.array(given["keys"], dtype=np.int64)
    except (TypeError, KeyError) as error:
        raise ValueError(f"an instance has no features: {json.dumps(instance)[:100]}") from error
    return Tensor(values, keys).dense(width)
