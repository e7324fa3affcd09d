"""Tuning job configurations for the tests of the search."""

from __future__ import annotations

from typing import Any

from local_sagemaker.search.search import Search, Suggestion


def config(
    strategy: str, *, seed: int | None = 1, objective: str = "Maximize", **ranges: Any
) -> dict[str, Any]:
    """ranges: the keys of ParameterRanges."""
    settings: dict[str, Any] = {
        "Strategy": strategy,
        "HyperParameterTuningJobObjective": {"Type": objective, "MetricName": "validation:auc"},
        "ParameterRanges": ranges,
    }
    return settings if seed is None else settings | {"RandomSeed": seed}


def number(name: str, low: str, high: str, scaling: str = "Linear") -> dict[str, str]:
    return {"Name": name, "MinValue": low, "MaxValue": high, "ScalingType": scaling}


def suggested(search: Search) -> Suggestion:
    """The next suggestion of a search that has some left."""
    suggestion = search.suggest()
    assert suggestion is not None
    return suggestion


XGBOOST: dict[str, Any] = {
    "IntegerParameterRanges": [number("max_depth", "3", "10")],
    "ContinuousParameterRanges": [
        number("eta", "0.01", "0.3", "Logarithmic"),
        number("gamma", "0", "5"),
    ],
    "CategoricalParameterRanges": [{"Name": "tree_method", "Values": ["hist", "exact"]}],
}
