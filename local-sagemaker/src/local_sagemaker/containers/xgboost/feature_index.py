"""The indices of libsvm: XGBoost counts columns in 32 bits, and reads a larger index as another."""

from __future__ import annotations

import mmap
import re
from pathlib import Path

from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.recordio import LARGEST_KEY

_OF_TEN_DIGITS = re.compile(rb"(?<=[ \t])(\d{10,}):")
_SHOWN_DIGITS = 24


def feature_index(text: str) -> int:
    """Raises ValueError for what is no index."""
    index = int(text)
    if not 0 <= index <= LARGEST_KEY:
        raise ValueError(_beyond(text))
    return index


def check_indices(path: Path) -> None:
    """Raises UserError for an index that XGBoost would take for another one."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for found in _OF_TEN_DIGITS.finditer(content):
            digits = found[1].decode()
            if len(digits.lstrip("0")) > 10 or int(digits) > LARGEST_KEY:
                raise UserError(f"File '{path.name}': {_beyond(digits)}")


def _beyond(text: str) -> str:
    shown = text if len(text) <= _SHOWN_DIGITS else f"{text[:_SHOWN_DIGITS]}..."
    return f"the index {shown} is not in [0, {LARGEST_KEY}]"
