"""Rows, label first, in the formats of channels."""

from __future__ import annotations

import numpy as np
from local_sagemaker.containers.recordio import write_rows

_ROWS_OF_A_QUERY = 8


def libsvm(rows: np.ndarray) -> bytes:
    """What is not a number is left out."""
    lines = []
    for label, *features in rows:
        given = (f"{index}:{value:g}" for index, value in enumerate(features) if value == value)
        lines.append(f"{label:g} {' '.join(given)}")
    return "\n".join(lines).encode()


def recordio(rows: np.ndarray) -> bytes:
    return write_rows(rows[:, 1:], rows[:, 0])


def marked_csv(rows: np.ndarray) -> bytes:
    """With a byte order mark, as Excel writes it."""
    lines = (",".join(f"{cell:g}" if cell == cell else "" for cell in row) for row in rows)
    return "\n".join(lines).encode("utf-8-sig")


def queries(count: int, seed: int) -> str:
    """libsvm of queries with rows whose relevance follows from their features."""
    random = np.random.default_rng(seed)
    lines = []
    for query in range(count):
        features = random.normal(size=(_ROWS_OF_A_QUERY, 3)).round(3)
        useful = features @ [1.0, -0.7, 0] + random.normal(scale=0.4, size=_ROWS_OF_A_QUERY)
        for label, row in zip(np.digitize(useful, [0, 1]), features, strict=True):
            cells = " ".join(f"{index}:{value:g}" for index, value in enumerate(row))
            lines.append(f"{label} qid:{query} {cells}")
    return "\n".join(lines)
