"""What each strategy of a tuning job asks of its ranges and limits.

Source: "How hyperparameter tuning works" in the SageMaker developer guide, and messages seen from
the service.
"""

from __future__ import annotations

import math

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.tuning.definition import Definition
from local_sagemaker.sagemaker.tuning.hyperband import EPOCH_HYPERPARAMETERS
from local_sagemaker.sagemaker.tuning.range_rules import combinations


def check_strategy(config: Document, definition: Definition) -> None:
    """Refuse ranges and limits that the strategy of the tuning job cannot search.

    Raises:
        ValidationException: the first rule that is not met.
    """
    hyperband = config.get("StrategyConfig", {}).get("HyperbandStrategyConfig")
    if config["Strategy"] == "Hyperband":
        _check_hyperband(config, hyperband or {}, definition)
    elif hyperband is not None:
        raise ValidationException("HyperbandStrategyConfig goes with the Hyperband strategy only.")
    if config["Strategy"] == "Grid":
        _check_grid(config, definition)
    _check_combinations(config, definition)


def _check_hyperband(config: Document, hyperband: Document, definition: Definition) -> None:
    if config.get("TrainingJobEarlyStoppingType", "Off") != "Off":
        raise ValidationException(
            "Hyperband stops training jobs itself: set TrainingJobEarlyStoppingType to Off."
        )
    read = [name for name in EPOCH_HYPERPARAMETERS if name in definition.static]
    if "MaxResource" not in hyperband and not read:
        raise ValidationException(
            "MaxResource parameter is not provided and could not be inferred from provided static "
            "hyperparameters of TrainingJobDefinition. Give HyperbandStrategyConfig.MaxResource, "
            f"or one of the static hyperparameters {', '.join(EPOCH_HYPERPARAMETERS)}."
        )
    if hyperband.get("MinResource", 1) > hyperband.get("MaxResource", math.inf):
        raise ValidationException(
            f"MinResource, [{hyperband['MinResource']}], must be less than or equal to "
            f"MaxResource, [{hyperband['MaxResource']}]."
        )


def _check_grid(config: Document, definition: Definition) -> None:
    if definition.integer_ranges() or definition.continuous_ranges():
        raise ValidationException(
            "Grid search takes categorical ranges only: list the values in "
            "CategoricalParameterRanges."
        )
    most = config["ResourceLimits"].get("MaxNumberOfTrainingJobs")
    points = combinations(definition)
    if most is not None and most != points:
        raise ValidationException(
            f"Grid search runs every combination: MaxNumberOfTrainingJobs, [{most}], must be "
            f"[{points:.0f}] or be left out."
        )


def _check_combinations(config: Document, definition: Definition) -> None:
    most = config["ResourceLimits"].get("MaxNumberOfTrainingJobs", 1)
    points = combinations(definition)
    if points < most:
        raise ValidationException(
            "You don't have enough combinations of hyperparameter ranges. The total number of "
            f"hyperparameter combinations for the provided ranges [{points:.1f}] must be equal or "
            f"greater than the value of MaxNumberOfJobs, [{most}]. Provide additional ranges."
        )
