"""How large a function's code may be, unzipped with its layers.

Source: "Lambda quotas" of the developer guide; the words were seen on AWS.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from moto.awslambda.exceptions import LambdaClientError

_UNZIPPED_BYTES = 262_144_000
_sizes: dict[str, int] = {}  # of zips, by SHA-256


def check_together(zips: Iterable[tuple[bytes, str]]) -> None:
    """A function's code and its layers, each with its SHA-256.

    Raises InvalidParameterValueException.
    """
    size = sum(_unzipped_size(content, sha256) for content, sha256 in zips)
    if size > _UNZIPPED_BYTES:
        raise LambdaClientError(
            "InvalidParameterValueException",
            "Function code combined with layers exceeds the maximum allowed size of "
            f"{_UNZIPPED_BYTES} bytes. The actual size is {size} bytes.",
        )


def _unzipped_size(content: bytes, sha256: str) -> int:
    """By the archive's directory, which was held against its files as it was deployed."""
    if sha256 not in _sizes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _sizes[sha256] = sum(member.file_size for member in archive.infolist())
    return _sizes[sha256]
