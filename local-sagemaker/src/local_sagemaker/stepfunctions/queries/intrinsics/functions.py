"""The intrinsic functions by their names."""

from __future__ import annotations

import math
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.queries.intrinsics import arrays, texts
from local_sagemaker.stepfunctions.queries.intrinsics.arguments import ArgumentFault, integer
from local_sagemaker.stepfunctions.queries.java_random import seeded_fraction


@dataclass(frozen=True)
class Function:
    """`run` raises ArgumentFault. `most` is None where any number of arguments may follow."""

    run: Callable[..., Any]
    least: int
    most: int | None

    def takes(self, count: int) -> bool:
        """Whether it may have as many arguments."""
        return self.least <= count and (self.most is None or count <= self.most)


def _add(first: Any, second: Any) -> int:
    return integer(integer(first) + integer(second))


def _random(start: Any, end: Any, seed: Any = None) -> int:
    """Of the numbers from the start to before the end."""
    low, high = integer(start), integer(end)
    if low >= high:
        raise ArgumentFault(f"The start {low} must be less than the end {high}")
    fraction = random.random() if seed is None else seeded_fraction(integer(seed))
    return low + math.floor(fraction * (high - low))


def _uuid() -> str:
    return str(uuid.uuid4())


FUNCTIONS = {
    "States.Format": Function(texts.fill_in, 1, None),
    "States.StringToJson": Function(texts.parse, 1, 1),
    "States.JsonToString": Function(to_text, 1, 1),
    "States.JsonMerge": Function(texts.merge, 3, 3),
    "States.Array": Function(arrays.make, 0, None),
    "States.ArrayPartition": Function(arrays.partition, 2, 2),
    "States.ArrayContains": Function(arrays.contains, 2, 2),
    "States.ArrayRange": Function(arrays.make_range, 3, 3),
    "States.ArrayGetItem": Function(arrays.get_item, 2, 2),
    "States.ArrayLength": Function(arrays.length, 1, 1),
    "States.ArrayUnique": Function(arrays.unique, 1, 1),
    "States.Base64Encode": Function(texts.encode, 1, 1),
    "States.Base64Decode": Function(texts.decode, 1, 1),
    "States.Hash": Function(texts.digest, 2, 2),
    "States.MathRandom": Function(_random, 2, 3),
    "States.MathAdd": Function(_add, 2, 2),
    "States.StringSplit": Function(texts.split, 2, 2),
    "States.UUID": Function(_uuid, 0, 0),
}
