"""Data to train on, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Rows:
    """A row of features for each example, and its label: NaN where it has none."""

    features: NDArray[np.float64]
    labels: NDArray[np.float64]
