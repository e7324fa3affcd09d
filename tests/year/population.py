"""Customers whose law is known: what a model is worth can be measured on as many as one likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

FEATURES = 5
STRENGTH = 1.6


@dataclass(frozen=True)
class Law:
    """What the label depends on: a direction in the first two features, and a third one.

    The direction turns as customers change; at 90 degrees a model of before knows nothing of it.
    """

    degrees: float = 0.0

    def draw(self, rows: int, random: np.random.Generator) -> Array:
        """Rows of a channel: the label, 0 or 1, and then the features."""
        features = random.normal(size=(rows, FEATURES))
        turned = np.radians(self.degrees)
        signal = features[:, 0] * np.cos(turned) + features[:, 1] * np.sin(turned)
        odds = STRENGTH * signal + 0.5 * features[:, 2]
        labels = random.random(rows) < 1 / (1 + np.exp(-odds))
        return np.column_stack([labels.astype(float), features])


def spoil(rows: Array, random: np.random.Generator) -> Array:
    """The same rows with their labels shuffled, as a join by the wrong key would do it."""
    return np.column_stack([random.permutation(rows[:, 0]), rows[:, 1:]])


def csv(rows: Array) -> bytes:
    lines = (",".join([f"{row[0]:.0f}", *(f"{value:.5f}" for value in row[1:])]) for row in rows)
    return ("\n".join(lines) + "\n").encode()
