"""Small tables of data as CSV, label first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Files = dict[str, str]


def csv(rows: np.ndarray) -> str:
    return "\n".join(",".join(f"{value:g}" for value in row) for row in rows) + "\n"


def binary(rows: int = 120, seed: int = 0) -> str:
    """Two features; the label is mostly whether their sum is positive."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(rows, 2)).round(3)
    labels = features.sum(axis=1) + random.normal(scale=0.3, size=rows) > 0
    return csv(np.column_stack([labels, features]))


def classes(rows: int = 120, seed: int = 0) -> str:
    """Two features; three classes by the first one."""
    features = np.random.default_rng(seed).normal(size=(rows, 2)).round(3)
    labels = np.digitize(features[:, 0], [-0.5, 0.5])
    return csv(np.column_stack([labels, features]))


def numbers(rows: int = 120, seed: int = 0) -> str:
    """Two features and their sum."""
    features = np.random.default_rng(seed).normal(size=(rows, 2)).round(3)
    return csv(np.column_stack([features.sum(axis=1), features]))


def channels(table: Callable[..., Any], *names: str) -> dict[str, Files]:
    """Channels with other rows each."""
    return {name: {"part-0.csv": table(seed=seed)} for seed, name in enumerate(names)}
