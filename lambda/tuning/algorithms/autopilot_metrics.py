"""The metric names of SageMaker Autopilot, for which algorithms have names of their own.

autopilot_metrics.json maps each name to the metrics of algorithms that measure the same thing
("Metrics and validation" of the developer guide). The first one that the algorithm reports for the
objective is meant. InferenceLatency is left out: no training job measures it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tuning.algorithms.algorithm import Algorithm

OBJECTIVE, STATIC = "HyperParameterTuningJobObjective", "StaticHyperParameters"


@cache
def autopilot_metrics() -> dict[str, tuple[str, ...]]:
    """Autopilot's name -> the metrics of algorithms that it stands for."""
    text = Path(__file__).with_name("autopilot_metrics.json").read_text()
    return {name: tuple(metrics) for name, metrics in json.loads(text).items()}


def algorithm_metric(name: str, algorithm: Algorithm, static: Mapping[str, str]) -> str:
    """The algorithm's metric that an Autopilot name stands for; any other name as it is."""
    known = [metric for metric in autopilot_metrics().get(name, ()) if metric in algorithm.metrics]
    objective = algorithm.objective(static) if known else ""
    fitting = [metric for metric in known if algorithm.metrics[metric].fits_objective(objective)]
    return (fitting or known or [name])[0]


def with_algorithm_metric(document: Mapping[str, Any], algorithm: Algorithm) -> dict[str, Any]:
    """The document with the algorithm's own name of its objective metric."""
    objective = document.get(OBJECTIVE)
    name = objective.get("MetricName") if isinstance(objective, Mapping) else None
    if not isinstance(name, str):
        return dict(document)
    metric = algorithm_metric(name, algorithm, _texts(document.get(STATIC)))
    return {**document, OBJECTIVE: {**dict(objective or {}), "MetricName": metric}}


def _texts(static: Any) -> dict[str, str]:
    """Fields are not read yet: what is no text is refused later, and counts as not given here."""
    given = static if isinstance(static, Mapping) else {}
    return {name: value for name, value in given.items() if isinstance(value, str)}
