"""Ranges that are worth searching, an algorithm a file: search_spaces/<algorithm>.json.

Each file is a ParameterRanges document. XGBoost's ranges suit small and middling data: they are
narrower than those that its container recommends, which let lambda run to 1000. Linear Learner's
are those of its tuning page in the developer guide.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DIRECTORY = Path(__file__).parent / "search_spaces"


def algorithms_with_a_space() -> list[str]:
    """The algorithms whose search space is recommended."""
    return sorted(path.stem for path in DIRECTORY.glob("*.json"))


def recommended_space(algorithm: str) -> dict[str, dict[str, Any]]:
    """A range for each hyperparameter that is worth tuning; FileNotFoundError for no algorithm."""
    space: dict[str, dict[str, Any]] = json.loads((DIRECTORY / f"{algorithm}.json").read_text())
    return space
