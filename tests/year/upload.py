"""The channels of a model as each week leaves them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tests.year.population import Law, csv, spoil
from tests.year.weeks import Week

ROWS = {"train": 600, "validation": 300, "test": 1500}


@dataclass
class Channels:
    """Objects `<folder><channel>/rows.csv` of the data bucket."""

    s3: Any
    bucket: str
    folder: str = "data/"
    seed: int = 0
    _bodies: dict[str, bytes] = field(default_factory=dict)

    def uri(self, channel: str) -> str:
        return f"s3://{self.bucket}/{self.folder}{channel}/"

    def receive(self, week: Week) -> None:
        """What the week brings: new rows, the same ones once more, or nothing."""
        if week.brings_data:
            self._renew(week)
        elif week.event == "again":
            self._put(self._bodies)

    def _renew(self, week: Week) -> None:
        random = np.random.default_rng([self.seed, week.number])
        new = {}
        for channel, rows in ROWS.items():
            drawn = Law(week.degrees).draw(rows, random)
            if channel == "test" and week.event == "train":
                continue
            if channel != "test" and week.event == "spoiled":
                drawn = spoil(drawn, random)
            new[channel] = csv(drawn)
        if week.event == "torn":
            new["train"] = b"Service Unavailable\n" + new["train"]
        self._bodies |= new
        self._put(new)

    def _put(self, bodies: dict[str, bytes]) -> None:
        for channel, body in bodies.items():
            key = f"{self.folder}{channel}/rows.csv"
            self.s3.put_object(Bucket=self.bucket, Key=key, Body=body)
