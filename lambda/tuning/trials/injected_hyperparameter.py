"""The hyperparameter that AMT adds, so that the container reports the objective metric."""

from __future__ import annotations

from collections.abc import Mapping

_INJECTED = "_tuning_objective_metric"


def without_injected(hyperparameters: Mapping[str, str]) -> dict[str, str]:
    """Those that a person has chosen: a request must not repeat AMT's own."""
    return {name: text for name, text in hyperparameters.items() if name != _INJECTED}
