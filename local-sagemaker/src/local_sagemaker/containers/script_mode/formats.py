"""How arrays are read and written where a script does not do it itself."""

from __future__ import annotations

import http.client
import io
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

JSON, CSV, NPY = "application/json", "text/csv", "application/x-npy"
TEXTS = (JSON, CSV)  # of these a script gets text, of others bytes


class Unsupported(Exception):
    """A type that the image does not read or write by itself; the status of the answer."""

    def __init__(self, status: int, media_type: str) -> None:
        super().__init__(
            f"Content type {media_type} is not supported by this framework. Please implement "
            "input_fn to deserialize the request data or an output_fn to serialize the response."
        )
        self.status = status


def decode(content: Any, content_type: str, dtype: Any = np.float32) -> NDArray[Any]:
    """The array of a request; `dtype` is that of texts, None what their numbers are.

    Raises:
        Unsupported: another type than JSON, CSV or NPY.
    """
    if content_type == JSON:
        return np.array(json.loads(content), dtype=dtype)
    if content_type == CSV:
        return np.genfromtxt(io.StringIO(content), delimiter=",", dtype=dtype or float)
    if content_type == NPY:
        return np.asarray(np.load(io.BytesIO(content), allow_pickle=False))
    raise Unsupported(http.client.UNSUPPORTED_MEDIA_TYPE, content_type)


def encode(prediction: Any, accept: str) -> bytes:
    """The answer with an array, or what makes one.

    Raises:
        Unsupported: another type than JSON, CSV or NPY.
    """
    if accept == JSON:
        return json.dumps(prediction, default=np.ndarray.tolist).encode()
    file = io.BytesIO()
    if accept == CSV:
        np.savetxt(file, np.asarray(prediction), delimiter=",", fmt="%s")
    elif accept == NPY:
        np.save(file, np.asarray(prediction))
    else:
        raise Unsupported(http.client.NOT_ACCEPTABLE, accept)
    return file.getvalue()
