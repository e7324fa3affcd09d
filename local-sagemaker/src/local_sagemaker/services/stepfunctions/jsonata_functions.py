"""The functions that Step Functions adds to JSONata, and the one that it takes away."""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from collections.abc import Callable
from typing import Any

_RANGE_LIMIT = 1000
_HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256"} | {
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}


def _partition(array: Any, size: int) -> list[Any]:
    items = array if isinstance(array, list) else [array]
    if size < 1:
        raise ValueError(f"$partition: the chunk size must be positive, but is {size}")
    return [items[start : start + size] for start in range(0, len(items), size)]


def _range(first: int, last: int, step: int) -> list[int]:
    if step == 0:
        raise ValueError("$range: the step must not be 0")
    numbers = range(first, last + (1 if step > 0 else -1), step)
    if len(numbers) > _RANGE_LIMIT:
        raise ValueError(f"$range: {len(numbers)} items, but at most {_RANGE_LIMIT} are allowed")
    return list(numbers)


def _hash(data: str, algorithm: str) -> str:
    if algorithm not in _HASHES:
        raise ValueError(f"$hash: '{algorithm}' is none of {', '.join(_HASHES)}")
    return hashlib.new(_HASHES[algorithm], data.encode()).hexdigest()


def _random(seed: int | None = None) -> float:
    return random.random() if seed is None else random.Random(seed).random()


def _parse(text: str) -> Any:
    return json.loads(text)


def _uuid() -> str:
    return str(uuid.uuid4())


def _eval(_expression: str) -> Any:
    raise ValueError("$eval is not supported by Step Functions; use $parse for JSON text")


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "partition": _partition,
    "range": _range,
    "hash": _hash,
    "random": _random,
    "parse": _parse,
    "uuid": _uuid,
    "eval": _eval,
}
