"""SageMaker's built-in algorithms that run here: image, program, metrics, hyperparameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from local_sagemaker.containers.linear_learner import metric_names as linear_learner
from local_sagemaker.containers.xgboost.metric_names import MAXIMIZED, MINIMIZED, OBJECTIVE_METRICS
from local_sagemaker.containers.xgboost.versions import ContainerVersion
from local_sagemaker.protocol.account import ACCOUNT

_IMAGE = re.compile(r"(?:(?P<registry>.*)/)?(?P<repository>[^/:@]+)(?::(?P<tag>[^@]+))?(?:@.*)?")
_NUMBER = r"([-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)"


# An AlgorithmSpecification holds 40 definitions: 33 for objectives, the tuner's own, and these.
_MOST_TRAIN_METRICS = 6
_USUAL_TRAIN_METRICS = ("auc", "error", "logloss", "merror", "mlogloss", "rmse")
# What xgboost:1 and xgboost:latest hold.
_LEGACY_XGBOOST = "0.72-1"


@dataclass(frozen=True)
class Tunable:
    """A hyperparameter that Automatic Model Tuning may search, and its valid values.

    `recommended` is the range that the algorithm's documentation or container suggests to search.
    """

    type: str
    low: float = float("-inf")
    high: float = float("inf")
    choices: tuple[str, ...] = ()  # of type Categorical
    recommended: tuple[float, float] = (0, 0)

    @property
    def has_recommendation(self) -> bool:
        return bool(self.choices) or self.recommended[0] < self.recommended[1]


@dataclass(frozen=True)
class BuiltInAlgorithm:
    """What the service knows of an algorithm; the rest is its container's business.

    `rounds_hyperparameter` says how many epochs a training job lasts, `default_rounds` how many
    without it. `every_epoch` are the objectives that the log reports after each of them, all when
    empty: no other can stop a training job early. `minimized` are those for which lower is better;
    to the service an objective is a name together with its type (SupportedTuningJobObjectiveMetrics
    of CreateAlgorithm). `extra` is the extra of this distribution that brings the library.
    """

    name: str
    module: str
    version: str
    objectives: tuple[str, ...]
    minimized: frozenset[str]
    other_metrics: Callable[[Mapping[str, str]], tuple[str, ...]]
    metric_regex: Callable[[str], str]
    tunables: Mapping[str, Tunable]
    rounds_hyperparameter: str
    default_rounds: int = 0
    every_epoch: tuple[str, ...] = ()
    reads_pipes: bool = False
    extra: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)

    def metric_definitions(self, hyperparameters: Mapping[str, str]) -> list[dict[str, str]]:
        """As DescribeTrainingJob shows them for a job with these hyperparameters."""
        names = (*self.objectives, *self.other_metrics(hyperparameters))
        return [{"Name": name, "Regex": self.metric_regex(name)} for name in names]

    def reports_every_epoch(self, metric: str) -> bool:
        return not self.every_epoch or metric in self.every_epoch

    def rounds(self, hyperparameters: Mapping[str, str]) -> int:
        """How many epochs a training job is to run; 0 when its hyperparameters do not say."""
        return int(hyperparameters.get(self.rounds_hyperparameter, self.default_rounds))


_XGBOOST_TUNABLES = {
    "num_round": Tunable("Integer", 1, recommended=(1, 4000)),
    "eta": Tunable("Continuous", 0, 1, recommended=(0.1, 0.5)),
    "gamma": Tunable("Continuous", 0, recommended=(0, 5)),
    "max_depth": Tunable("Integer", 0, recommended=(0, 10)),
    "min_child_weight": Tunable("Continuous", 0, recommended=(0, 120)),
    "max_delta_step": Tunable("Integer", 0, recommended=(0, 10)),
    "subsample": Tunable("Continuous", 0, 1, recommended=(0.5, 1)),
    "colsample_bytree": Tunable("Continuous", 0, 1, recommended=(0.5, 1)),
    "colsample_bylevel": Tunable("Continuous", 0, 1, recommended=(0.1, 1)),
    "colsample_bynode": Tunable("Continuous", 0, 1, recommended=(0.1, 1)),
    "lambda": Tunable("Continuous", 0, recommended=(0, 1000)),
    "alpha": Tunable("Continuous", 0, recommended=(0, 1000)),
}

_LINEAR_LEARNER_TUNABLES = {
    "wd": Tunable("Continuous", 0, recommended=(1e-7, 1)),
    "l1": Tunable("Continuous", 0, recommended=(1e-7, 1)),
    "learning_rate": Tunable("Continuous", 0, recommended=(1e-5, 1)),
    "mini_batch_size": Tunable("Integer", 1, recommended=(100, 5000)),
    "use_bias": Tunable("Categorical", choices=("true", "false")),
    "positive_example_weight_mult": Tunable("Continuous", 0, recommended=(1e-5, 1e5)),
}


def find_builtin(image: str) -> BuiltInAlgorithm | None:
    """The built-in algorithm that an image URI names, None for an image of somebody's own."""
    repository, tag = _of_sagemaker(image)
    algorithm = _BY_REPOSITORY.get(repository)
    return algorithm(tag) if algorithm else None


def runs_in_aws_only(image: str) -> bool:
    """Whether an image URI names a built-in algorithm that local AWS has not."""
    repository, _ = _of_sagemaker(image)
    return repository in _ONLY_IN_AWS


def _of_sagemaker(image: str) -> tuple[str, str]:
    """Repository and tag of an image that SageMaker may own; both empty for any other.

    What lies in a registry of the account itself is its own, whatever its name.
    """
    match = _IMAGE.fullmatch(image)
    if match is None or (match["registry"] or "").startswith(ACCOUNT):
        return "", ""
    return match["repository"], match["tag"] or "latest"


def _xgboost(tag: str) -> BuiltInAlgorithm:
    version = tag if "." in tag else _LEGACY_XGBOOST
    return BuiltInAlgorithm(
        name="XGBoost",
        module="local_sagemaker.containers.xgboost",
        version=version,
        objectives=tuple(OBJECTIVE_METRICS),
        minimized=frozenset(f"validation:{name}" for name in MINIMIZED),
        other_metrics=_xgboost_train_metrics,
        metric_regex=_xgboost_regex,
        tunables=_XGBOOST_TUNABLES,
        rounds_hyperparameter="num_round",
        reads_pipes=ContainerVersion(version).reads_pipes,
        extra="xgboost",
        environment={"SM_XGBOOST_VERSION": version},
    )


def _xgboost_train_metrics(hyperparameters: Mapping[str, str]) -> tuple[str, ...]:
    """Those that the job is asked for come first."""
    tuned = hyperparameters.get("_tuning_objective_metric", "").removeprefix("validation:")
    asked = [*hyperparameters.get("eval_metric", "").split(","), tuned]
    known = [name for name in asked if name in (*MAXIMIZED, *MINIMIZED)]
    names = list(dict.fromkeys([*known, *_USUAL_TRAIN_METRICS]))
    return tuple(f"train:{name}" for name in names[:_MOST_TRAIN_METRICS])


def _xgboost_regex(metric: str) -> str:
    """#011 is a TAB in the log agent's spelling."""
    return rf".*\[[0-9]+\].*#011{metric.replace(':', '-')}:{_NUMBER}.*"


def _linear_learner(tag: str) -> BuiltInAlgorithm:
    return BuiltInAlgorithm(
        name="Linear Learner",
        module="local_sagemaker.containers.linear_learner",
        version=tag,
        objectives=linear_learner.OBJECTIVE_METRICS,
        minimized=frozenset(linear_learner.MINIMIZED_OBJECTIVES),
        other_metrics=linear_learner.other_metrics,
        metric_regex=linear_learner.regex,
        tunables=_LINEAR_LEARNER_TUNABLES,
        rounds_hyperparameter="epochs",
        default_rounds=15,
        every_epoch=("validation:objective_loss",),
        reads_pipes=True,
    )


_BY_REPOSITORY = {
    "sagemaker-xgboost": _xgboost,
    "xgboost": _xgboost,  # up to 0.72
    "linear-learner": _linear_learner,
}

# SageMaker alone may pull the images of its closed algorithms.
_ONLY_IN_AWS = {
    "blazingtext",
    "factorization-machines",
    "forecasting-deepar",
    "image-classification",
    "ipinsights",
    "kmeans",
    "knn",
    "lda",
    "ntm",
    "object-detection",
    "object2vec",
    "pca",
    "randomcutforest",
    "semantic-segmentation",
    "seq2seq",
}
