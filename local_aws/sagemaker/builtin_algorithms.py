"""SageMaker's built-in algorithms that run here: image, program, metrics, hyperparameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local_aws.containers.xgboost.metric_names import OBJECTIVE_METRICS
from local_aws.sagemaker.errors import ValidationException

_IMAGE = re.compile(r"(?:.*/)?(?P<repository>[^/:@]+)(?::(?P<tag>[^@]+))?(?:@.*)?")
_NUMBER = r"([-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)"


# An AlgorithmSpecification holds 40 definitions: 33 for objectives, the tuner's own, and these.
_TRAIN_METRICS = tuple(
    f"train:{name}" for name in ("auc", "error", "logloss", "merror", "mlogloss", "rmse")
)
# What xgboost:1 and xgboost:latest hold.
_LEGACY_VERSION = "0.72-1"


@dataclass(frozen=True)
class Tunable:
    """A hyperparameter that Automatic Model Tuning may search, and its valid values."""

    type: str
    low: float
    high: float = float("inf")


@dataclass(frozen=True)
class BuiltInAlgorithm:
    name: str
    module: str
    version: str
    metrics: tuple[str, ...]
    tunables: Mapping[str, Tunable]

    def metric_definitions(self) -> list[dict[str, str]]:
        return [{"Name": name, "Regex": self.metric_regex(name)} for name in self.metrics]

    def metric_regex(self, name: str) -> str:
        """As DescribeTrainingJob shows it; #011 is a TAB in the log agent's spelling."""
        return rf".*\[[0-9]+\].*#011{name.replace(':', '-')}:{_NUMBER}.*"

    def environment(self) -> dict[str, str]:
        return {"SM_XGBOOST_VERSION": self.version}


_XGBOOST_TUNABLES = {
    "num_round": Tunable("Integer", 1),
    "eta": Tunable("Continuous", 0, 1),
    "gamma": Tunable("Continuous", 0),
    "max_depth": Tunable("Integer", 0),
    "min_child_weight": Tunable("Continuous", 0),
    "max_delta_step": Tunable("Integer", 0),
    "subsample": Tunable("Continuous", 0, 1),
    "colsample_bytree": Tunable("Continuous", 0, 1),
    "colsample_bylevel": Tunable("Continuous", 0, 1),
    "colsample_bynode": Tunable("Continuous", 0, 1),
    "lambda": Tunable("Continuous", 0),
    "alpha": Tunable("Continuous", 0),
}


def find_algorithm(
    specification: Mapping[str, Any], *, member: str = "TrainingImage"
) -> BuiltInAlgorithm:
    """The built-in algorithm that an image URI names.

    Raises:
        ValidationException: no image, or one that only Docker could run.
    """
    image = specification.get(member)
    if not image:
        raise ValidationException(
            f"Local AWS runs built-in algorithms only: give {member} the URI of an XGBoost image, "
            "for example 683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5."
        )
    match = _IMAGE.fullmatch(image)
    if match is None or "xgboost" not in match["repository"]:
        raise ValidationException(
            f"{member} '{image}' cannot run on local AWS, which runs the built-in XGBoost only: "
            "use an image whose repository is sagemaker-xgboost, or run this in an AWS account."
        )
    tag = match["tag"] or "latest"
    return _xgboost(tag if "." in tag else _LEGACY_VERSION)


def _xgboost(version: str) -> BuiltInAlgorithm:
    return BuiltInAlgorithm(
        name="XGBoost",
        module="local_aws.containers.xgboost",
        version=version,
        metrics=(*OBJECTIVE_METRICS, *_TRAIN_METRICS),
        tunables=_XGBOOST_TUNABLES,
    )
