"""The models that are trained side by side: one as asked for, and others with close settings.

Linear Learner searches by itself what is left to it (`auto`). Under Automatic Model Tuning it
does not: num_models is 1 then, whatever is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import islice, product
from typing import Any

import numpy as np

from local_sagemaker.containers.linear_learner.hyperparameter_table import AUTO
from local_sagemaker.containers.linear_learner.losses import Array

# What `auto` tries, best guess first. The container's own log shows 0.1, 0.0001 and 0.0 as those
# of the best of its models.
LEARNING_RATES = (0.1, 0.5, 0.02, 0.005)
WEIGHT_DECAYS = (0.0001, 0.0, 0.01)
L1 = (0.0,)
MAX_MODELS = 32


@dataclass(frozen=True)
class Candidate:
    """The settings in which the models differ."""

    learning_rate: float
    wd: float
    l1: float
    positive_weight: float


def candidates(values: Mapping[str, Any], labels: Array) -> list[Candidate]:
    """At most num_models settings; the first one is as asked, with the best guess for `auto`."""
    choices = product(
        _positive_weights(values["positive_example_weight_mult"], labels),
        _given_or(values["l1"], L1),
        _given_or(values["wd"], WEIGHT_DECAYS),
        _given_or(values["learning_rate"], LEARNING_RATES),
    )
    models = values["num_models"] if values["num_models"] != AUTO else MAX_MODELS
    most = 1 if values["_tuning_objective_metric"] else models
    return [Candidate(rate, decay, l1, weight) for weight, l1, decay, rate in islice(choices, most)]


def column(chosen: list[Candidate], name: str) -> Array:
    """A setting of every candidate, to be multiplied with arrays of axes (..., model, class)."""
    return np.array([asdict(candidate)[name] for candidate in chosen])[:, None]


def _given_or(value: Any, auto: tuple[float, ...]) -> tuple[float, ...]:
    return auto if value == AUTO else (float(value),)


def _positive_weights(value: Any, labels: Array) -> tuple[float, ...]:
    """`balanced` makes both classes weigh the same; `auto` takes whichever turns out better."""
    positives = max(int((labels == 1).sum()), 1)
    balanced = max(len(labels) - positives, 1) / positives
    if value == AUTO:
        return (1.0, balanced)
    return (balanced,) if value == "balanced" else (float(value),)
