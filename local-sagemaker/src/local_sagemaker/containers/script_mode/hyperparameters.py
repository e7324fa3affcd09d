"""The hyperparameters of a job as its script gets them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local_sagemaker.containers.directories import led_to

# SageMaker's own, which a script does not get; others begin with `sagemaker_`.
_TUNED = "_tuning_objective_metric"
_OF_SAGEMAKER = "sagemaker_"


def of_script(texts: Mapping[str, str], root: Path) -> dict[str, Any]:
    """Those that are the script's, by name; the SDKs write each value as JSON.

    Paths below /opt/ml are those below `root`.
    """
    return {
        name: _value(led_to(root, texts[name]))
        for name in sorted(texts)
        if name != _TUNED and not name.startswith(_OF_SAGEMAKER)
    }


def arguments(hyperparameters: Mapping[str, Any]) -> list[str]:
    """The command line: `--max-depth 3`, and `-n 1` for a name of one letter."""
    line = []
    for name, value in hyperparameters.items():
        line += [f"{'--' if len(name) > 1 else '-'}{name}", _argument(value)]
    return line


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _argument(value: Any) -> str:
    if isinstance(value, dict):
        return ",".join(f"{key}={value[key]}" for key in sorted(value))
    return "" if value is None else str(value)
