"""Metrics that tuning can improve: names and directions are those of the containers."""

from __future__ import annotations

from itertools import product

import botocore.session
import pytest
from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.linear_learner import metric_names as linear_learner
from local_sagemaker.containers.xgboost import metric_names as xgboost
from local_sagemaker.containers.xgboost.hyperparameters import OBJECTIVES, read_hyperparameters
from tuning.algorithms.algorithm import load_algorithm
from tuning.algorithms.autopilot_metrics import autopilot_metrics
from tuning.evaluation.metric_names import COUNTERPARTS, METRICS, RANKING

OF_CONTAINERS = {
    "xgboost": {
        f"validation:{name}": direction
        for direction, names in (
            ("Maximize", xgboost.MAXIMIZED),
            ("Minimize", xgboost.MINIMIZED),
        )
        for name in names
    },
    "linear-learner": {
        name: "Minimize" if name in linear_learner.MINIMIZED_OBJECTIVES else "Maximize"
        for name in linear_learner.OBJECTIVE_METRICS
    },
}


@pytest.mark.parametrize("algorithm", OF_CONTAINERS)
def test_metrics_and_their_directions_are_the_containers(algorithm: str) -> None:
    metrics = load_algorithm(algorithm).metrics
    assert {name: metric.type for name, metric in metrics.items()} == OF_CONTAINERS[algorithm]


def trains(objective: str, metric: str) -> bool:
    """Whether XGBoost's container takes the metric for the objective."""
    values = {"objective": objective, "num_round": "1", "num_class": "3", "eval_metric": metric}
    try:
        read_hyperparameters(values)
    except UserError:
        return False
    return True


def test_metric_that_the_container_refuses_for_an_objective_does_not_fit_it() -> None:
    metrics = load_algorithm("xgboost").metrics
    refused = [
        (objective, name)
        for objective, name in product(OBJECTIVES, metrics)
        if not trains(objective, name.split(":")[1])
    ]
    assert [(o, name) for o, name in refused if metrics[name].fits_objective(o)] == []
    assert ("reg:squarederror", "validation:auc") in refused


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_some_metric_fits_every_objective(objective: str) -> None:
    """So that an input with this objective can be tuned, and a message can name a metric."""
    metrics = load_algorithm("xgboost").metrics.values()
    fitting = [metric.name.split(":")[1] for metric in metrics if metric.fits_objective(objective)]
    assert fitting
    assert all(trains(objective, name) for name in fitting)


def test_autopilots_names_are_those_of_the_api() -> None:
    model = botocore.session.get_session().get_service_model("sagemaker")
    shapes = [model.shape_for(f"AutoMLMetric{kind}") for kind in ("Enum", "ExtendedEnum")]
    known = {name for shape in shapes for name in shape.metadata["enum"]}
    own = {name for name, kind in METRICS.items() if kind.problem_types == (RANKING,)}
    assert METRICS.keys() - own | autopilot_metrics().keys() <= known
    assert not own & known


def test_counterpart_of_a_tuning_metric_improves_in_the_same_direction() -> None:
    """But for the error rates: their counterpart is accuracy, 1 - error."""
    for algorithm, directions in OF_CONTAINERS.items():
        for name, direction in directions.items():
            counterpart = COUNTERPARTS.get(name.rsplit(":", 1)[-1])
            if counterpart is not None and not name.endswith("error"):
                assert METRICS[counterpart].type == direction, (algorithm, name)
