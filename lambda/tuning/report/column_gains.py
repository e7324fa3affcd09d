"""Which columns a model of XGBoost looks at: their share of what all splits gain.

It is XGBoost's importance of the type total_gain, read from the trees of the model's file, so that
neither XGBoost is needed nor anything of the file executed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tuning.report.ubjson import read_ubjson

MODEL_FILE = "xgboost-model"  # in model.tar.gz
MAX_BYTES = 128 * 1024 * 1024  # of it; more would not fit into the function's memory
_NO_CHILD = -1


@dataclass(frozen=True)
class ColumnGains:
    """`shares` by column, the greatest first; without any `unknown` says why."""

    shares: Mapping[str, float] = field(default_factory=dict)
    unknown: str = "Nobody has looked."

    @classmethod
    def of_model(cls, content: bytes, names: Sequence[str]) -> ColumnGains:
        """`names` has the column of each feature; a feature beyond them is called f and its number.

        Raises:
            ValueError: in a sentence, for a file that does not tell.
        """
        gains: dict[str, float] = {}
        for feature, gain in _total_gains(_trees(content)).items():
            name = names[feature] if 0 <= feature < len(names) else f"f{feature}"
            gains[name] = gains.get(name, 0) + gain
        whole = sum(gains.values())
        if not whole:
            raise ValueError("It has no split: it answers the same for all rows.")
        greatest = sorted(gains, key=lambda name: -gains[name])
        return cls({name: gains[name] / whole for name in greatest})


def _trees(content: bytes) -> Iterable[Mapping[str, Any]]:
    if content[:1] != b"{":
        raise ValueError("It is of the binary format of XGBoost before 2.0, which is not read.")
    document = json.loads(content) if content[1:].lstrip()[:1] == b'"' else read_ubjson(content)
    try:
        booster = document["learner"]["gradient_booster"]
        trees: list[Mapping[str, Any]] = booster.get("gbtree", booster)["model"]["trees"]
    except (KeyError, TypeError, AttributeError):
        raise ValueError("It has no trees.") from None
    return trees


def _total_gains(trees: Iterable[Mapping[str, Any]]) -> dict[int, float]:
    gains: dict[int, float] = {}
    try:
        for tree in trees:
            splits = np.asarray(tree["left_children"]) != _NO_CHILD
            features = np.asarray(tree["split_indices"])[splits]
            each = zip(features, np.asarray(tree["loss_changes"])[splits], strict=True)
            for feature, gain in each:
                gains[int(feature)] = gains.get(int(feature), 0) + float(gain)
    except (KeyError, TypeError, IndexError, OverflowError) as error:
        raise ValueError(f"Its trees are not as XGBoost writes them: {error!r}.") from error
    return gains
