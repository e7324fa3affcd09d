"""Linear Learner as SageMaker knows it (developer guide, "Tune a linear learner model")."""

from __future__ import annotations

from local_sagemaker.containers.linear_learner.metric_names import (
    MINIMIZED_OBJECTIVES,
    OBJECTIVE_METRICS,
    other_metrics,
    regex,
)
from local_sagemaker.sagemaker.algorithms.algorithm import Tunable
from local_sagemaker.sagemaker.algorithms.builtin_algorithm import BuiltInAlgorithm
from local_sagemaker.sagemaker.images.image import ProcessImage

_TUNABLES = {
    "wd": Tunable("Continuous", 0, recommended=(1e-7, 1)),
    "l1": Tunable("Continuous", 0, recommended=(1e-7, 1)),
    "learning_rate": Tunable("Continuous", 0, recommended=(1e-5, 1)),
    "mini_batch_size": Tunable("Integer", 1, recommended=(100, 5000)),
    "use_bias": Tunable("Categorical", choices=("true", "false")),
    "positive_example_weight_mult": Tunable("Continuous", 0, recommended=(1e-5, 1e5)),
}


def linear_learner(_tag: str) -> BuiltInAlgorithm:
    """The algorithm, which is the same whatever the tag of the image."""
    return BuiltInAlgorithm(
        name="Linear Learner",
        image=ProcessImage("local_sagemaker.containers.linear_learner"),
        objectives=OBJECTIVE_METRICS,
        minimized=frozenset(MINIMIZED_OBJECTIVES),
        other_metrics=other_metrics,
        metric_regex=regex,
        tunables=_TUNABLES,
        rounds_hyperparameter="epochs",
        default_rounds=15,
        every_epoch=("validation:objective_loss",),
        reads_pipes=True,
    )
