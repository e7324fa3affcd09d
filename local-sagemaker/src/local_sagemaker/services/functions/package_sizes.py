"""How large a function's code may be, unzipped with its layers.

Source: "Lambda quotas" of the developer guide; the words were seen on AWS.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from moto.awslambda.exceptions import LambdaClientError

_UNZIPPED_BYTES = 262_144_000


def check_together(code: bytes, layers: Iterable[bytes]) -> None:
    """A function's code beside the layers that it has. Raises InvalidParameterValueException."""
    size = sum(_unzipped_size(content) for content in (code, *layers))
    if size > _UNZIPPED_BYTES:
        raise LambdaClientError(
            "InvalidParameterValueException",
            "Function code combined with layers exceeds the maximum allowed size of "
            f"{_UNZIPPED_BYTES} bytes. The actual size is {size} bytes.",
        )


def _unzipped_size(content: bytes) -> int:
    """By the archive's directory, which was held against its files as it was deployed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(member.file_size for member in archive.infolist())
