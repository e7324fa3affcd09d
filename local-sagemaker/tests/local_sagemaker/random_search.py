"""A search for tests of the tuner: seeded random values, and a record of what it was told."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, ClassVar

from local_sagemaker.search.search import Observation, Suggestion


class RandomSearch:
    latest: ClassVar[RandomSearch]

    def __init__(
        self,
        config: dict[str, Any],
        *,
        parents: Sequence[Sequence[Observation]] = (),
        transfer: bool = False,
    ) -> None:
        self.parents, self.transfer = parents, transfer
        RandomSearch.latest = self
        self._ranges = config["ParameterRanges"]
        self._random = random.Random(config.get("RandomSeed", 0))
        self._count = 0
        self.observed: dict[int, float | None] = {}
        self.forgotten: list[int] = []

    def suggest(self) -> Suggestion:
        self._count += 1
        values: dict[str, str] = {}
        for range_ in self._ranges.get("IntegerParameterRanges", []):
            low, high = int(range_["MinValue"]), int(range_["MaxValue"])
            values[range_["Name"]] = str(self._random.randint(low, high))
        for range_ in self._ranges.get("ContinuousParameterRanges", []):
            ends = float(range_["MinValue"]), float(range_["MaxValue"])
            values[range_["Name"]] = str(self._random.uniform(*ends))
        for range_ in self._ranges.get("CategoricalParameterRanges", []):
            values[range_["Name"]] = self._random.choice(range_["Values"])
        return Suggestion(self._count, values)

    def observe(self, number: int, value: float | None) -> None:
        self.observed[number] = value

    def forget(self, number: int) -> None:
        self.forgotten.append(number)
