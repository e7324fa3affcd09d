"""Tables of other people, as numbers: they come with the wheel of the demo's table (mlba, MIT)."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Sequence
from typing import Any

import numpy as np

from examples.bank_marketing.table import TABLE, fetch_table

ROWS = 1500
SEED = 7  # of the order in which rows are taken

Array = np.ndarray[Any, Any]


def read_table(name: str, label: str, drop: Sequence[str], part: int = 0) -> tuple[Array, Array]:
    """Features and labels of ROWS rows, drawn at random; parts have no row in common.

    Text becomes the number of its place among all texts of the column; nothing is NaN.
    """
    fetch_table()
    path = TABLE.parent / f"{name}.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as file:
        header, *lines = csv.reader(file)
    names = [each.strip() for each in header]
    taken = np.random.default_rng(SEED).permutation(len(lines))[part * ROWS : (part + 1) * ROWS]
    columns = {
        column: numbers([lines[row][place].strip() for row in taken])
        for place, column in enumerate(names)
    }
    labels = columns.pop(label)
    return np.column_stack([columns[each] for each in columns if each not in drop]), labels


def numbers(texts: Sequence[str]) -> Array:
    try:
        return np.array([float(text) if text else np.nan for text in texts])
    except ValueError:
        places = {text: place for place, text in enumerate(sorted(set(texts)))}
        return np.array([float(places[text]) for text in texts])
