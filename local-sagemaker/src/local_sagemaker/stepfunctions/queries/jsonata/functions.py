"""The functions that Step Functions adds to JSONata, and the one that it takes away.

Developer guide, "JSONata functions provided by Step Functions". Numbers are cut to integers.
Functions of JSONata itself are here where the library's own differ from jsonata.org.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import math
import random
import uuid
from collections.abc import Callable
from functools import cmp_to_key, partial
from typing import Any

from jsonata import Functions, Jsonata, Utils
from jsonata.jexception import JException

from local_sagemaker.stepfunctions.queries.intrinsics.texts import HASHES
from local_sagemaker.stepfunctions.queries.java_random import seeded_fraction
from local_sagemaker.stepfunctions.queries.jsonata.texts import as_text

# As many AWS makes, and one more is refused.
MOST_ITEMS = 360_145

_OF_NO_MEMORY = "Expression evaluation memory limit exceeded: Check for excessive memory usage"
_SAID = "D3137"


def _partition(items: list[Any] | None, size: float | None = None) -> Any:
    if not items or size == 0:
        return None
    step = len(items) if size is None else int(size)
    if step < 0:
        raise _said("Second argument must be zero or greater")
    return [items[start : start + step] for start in range(0, len(items), step)] if step else None


def _range(first: float, last: float, step: float | None = None) -> Any:
    """A sequence: one number alone is no array."""
    by = int(step or 0)
    if by == 0:
        return None
    numbers = range(int(first), int(last) + (1 if by > 0 else -1), by)
    if len(numbers) > MOST_ITEMS:
        raise JException(_OF_NO_MEMORY, -1)
    return Utils.create_sequence_from_iter(numbers)


def _hash(text: str, algorithm: str | None = None) -> str | None:
    if algorithm is None:
        return None
    if algorithm not in HASHES:
        raise _said(f"The algorithm {algorithm} is none of {', '.join(HASHES)}")
    return hashlib.new(HASHES[algorithm], text.encode()).hexdigest()


def _random(seed: float | None = None) -> float:
    return random.random() if seed is None else seeded_fraction(int(seed))


def _uuid() -> str:
    return str(uuid.uuid4())


def _parse(text: str | None = None) -> Any:
    if text is None:
        return None
    try:
        parsed = json.loads(text, object_pairs_hook=_members, parse_float=_finite)
    except ValueError as fault:
        raise _said(f"Invalid JSON: {fault}") from fault
    return Utils.NULL_VALUE if parsed is None else parsed


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("an object has a name twice")
    return dict(pairs)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text} is too large")
    return number


def _number(value: Any = None) -> Any:
    number = _converted(Functions.number, "D3030", value)
    if number is not None and math.isinf(number):
        raise JException("D3030", -1, value)
    return number


def _to_millis(timestamp: str | None = None, picture: str | None = None) -> Any:
    return _converted(Functions.datetime_to_millis, "D3110", timestamp, picture)


def _converted(function: Callable[..., Any], code: str, *values: Any) -> Any:
    """What a function of the library gives, which lets Python's error out of what it cannot."""
    try:
        return function(*values)
    except ValueError as fault:
        raise JException(code, -1, values[0]) from fault


def _string(value: Any, is_pretty: bool | None = None) -> str | None:
    return None if value is None else as_text(value, bool(is_pretty))


def _sort(items: list[Any] | None, is_after: Any = None) -> Any:
    """Items that are equal stay as they are. `is_after(a, b)` puts a after b."""
    if items is None or is_after is not None:
        return items and sorted(items, key=cmp_to_key(partial(_order, is_after)))
    if not (Utils.is_array_of_numbers(items) or Utils.is_array_of_strings(items)):
        raise JException("D3070", -1)
    return sorted(items)


def _order(is_after: Any, first: Any, second: Any) -> int:
    if Functions.func_apply(is_after, [first, second]):
        return 1
    return -1 if Functions.func_apply(is_after, [second, first]) else 0


def _said(message: str) -> JException:
    return JException(_SAID, -1, message)


class _Function(Jsonata.JFunction):  # type: ignore[misc]
    """A function of Python with a signature of JSONata; null is none of its arguments."""

    def __init__(
        self, name: str, function: Callable[..., Any], signature: str, *, takes_null: bool = False
    ) -> None:
        super().__init__(Jsonata.JLambda(function), signature)
        self.function_name = name
        self._takes_null = takes_null
        self._parameters = len(inspect.signature(function).parameters)

    def validate(self, args: Any, context: Any) -> Any:
        for number, argument in enumerate(args, start=1):
            if argument is Utils.NULL_VALUE and not self._takes_null:
                raise JException("T0410", -1, number, self.function_name)
        return super().validate(args, context)

    def get_number_of_args(self) -> int:
        return self._parameters


_SIGNED = [
    _Function("partition", _partition, "<an?:a>"),
    _Function("range", _range, "<nnn?:a>"),
    _Function("hash", _hash, "<ss?:s>"),
    _Function("random", _random, "<n?:n>"),
    _Function("uuid", _uuid, "<:s>"),
    _Function("parse", _parse, "<s?:j>"),
    _Function("number", _number, "<(nsb)-:n>"),
    _Function("sort", _sort, "<af?:a>"),
    _Function("string", _string, "<x-b?:s>", takes_null=True),
    _Function("toMillis", _to_millis, "<s-s?:n>"),
]


def _environment() -> Any:
    frame = Jsonata.Frame(Jsonata.static_frame)
    for function in _SIGNED:
        frame.bind(function.function_name, function)
    frame.bind("eval", None)
    return frame


# Of all expressions: JSONata's own functions and these.
ENVIRONMENT = _environment()
