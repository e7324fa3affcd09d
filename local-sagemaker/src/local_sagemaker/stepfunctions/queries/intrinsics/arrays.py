"""Intrinsic functions of arrays."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.queries.intrinsics.arguments import (
    ArgumentFault,
    array,
    integer,
)
from local_sagemaker.stepfunctions.queries.json_values import is_same

MOST_ITEMS = 1000


def make(*items: Any) -> list[Any]:
    return list(items)


def partition(items: Any, size: Any) -> list[Any]:
    step = integer(size)
    if step < 1:
        raise ArgumentFault(f"The chunk size must be a positive integer, but is {size}")
    return [array(items)[start : start + step] for start in range(0, len(array(items)), step)]


def contains(items: Any, value: Any) -> bool:
    return any(is_same(item, value) for item in array(items))


def make_range(first: Any, last: Any, step: Any) -> list[Any]:
    """From the first number to the last one, which is in it where a step leads there."""
    by = integer(step)
    if by == 0:
        raise ArgumentFault("The step must not be 0")
    numbers = range(integer(first), integer(last) + (1 if by > 0 else -1), by)
    if len(numbers) > MOST_ITEMS:
        raise ArgumentFault(f"The array must not have more than {MOST_ITEMS} items")
    return list(numbers)


def get_item(items: Any, index: Any) -> Any:
    place = integer(index)
    if not 0 <= place < len(array(items)):
        raise ArgumentFault(f"The index {place} is outside of the array's {len(items)} items")
    return items[place]


def length(items: Any) -> int:
    return len(array(items))


def unique(items: Any) -> list[Any]:
    """Each value once, where it is first."""
    found: list[Any] = []
    for item in array(items):
        if not contains(found, item):
            found.append(item)
    return found
