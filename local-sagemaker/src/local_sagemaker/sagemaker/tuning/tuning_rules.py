"""The documented rules of CreateHyperParameterTuningJob that its API description does not hold.

Sources: "Define hyperparameter ranges", "How hyperparameter tuning works", "Define metrics",
"Tune multiple algorithms" in the SageMaker developer guide, and messages seen from the service.
"""

from __future__ import annotations

import math
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.sagemaker.algorithms.algorithm import Algorithm
from local_sagemaker.sagemaker.algorithms.own_algorithm import OwnAlgorithm
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.jobs.training_jobs import check_training
from local_sagemaker.sagemaker.s3_location import S3Location
from local_sagemaker.sagemaker.tuning.definition import Definition, definitions
from local_sagemaker.sagemaker.tuning.hyperband import EPOCH_HYPERPARAMETERS
from local_sagemaker.sagemaker.tuning.machine_rules import check_environment, check_resources
from local_sagemaker.sagemaker.tuning.range_rules import check_range, combinations

MAX_SEARCHED = 30
# Static and searched together, with the _tuning_objective_metric that SageMaker adds.
MAX_HYPERPARAMETERS = 100


def check_tuning_job(request: Document, *, s3: Any) -> None:
    """Refuse a request that SageMaker would refuse; it has passed check_one_form.

    Raises:
        ValidationException: the first rule that is not met.
    """
    config = request["HyperParameterTuningJobConfig"]
    _check_limits(config)
    check_environment([definition.training for definition in definitions(request)])
    for definition in definitions(request):
        algorithm = check_training(definition.training)
        _check_objective(definition, algorithm)
        _check_hyperparameters(definition, algorithm)
        check_resources(definition.training)
        _check_strategy(config, definition)
        _check_combinations(config, definition)
        for channel in definition.training.get("InputDataConfig", []):
            _check_objects(channel, definition.training["RoleArn"], s3)


def check_one_form(request: Document) -> None:
    """One definition with objective and ranges in the config, or several with their own."""
    config = request["HyperParameterTuningJobConfig"]
    single, several = "TrainingJobDefinition" in request, "TrainingJobDefinitions" in request
    if single == several:
        raise ValidationException(
            "Provide either TrainingJobDefinition or TrainingJobDefinitions, and not both."
        )
    in_config = [
        name for name in ("HyperParameterTuningJobObjective", "ParameterRanges") if name in config
    ]
    if single and "HyperParameterTuningJobObjective" not in in_config:
        raise ValidationException(
            "HyperParameterTuningJobConfig.HyperParameterTuningJobObjective is required with "
            "TrainingJobDefinition."
        )
    if single:
        _check_single(request["TrainingJobDefinition"])
    else:
        _check_several(request, in_config)


def _check_single(definition: Document) -> None:
    for member, place in (
        ("TuningObjective", "HyperParameterTuningJobObjective"),
        ("HyperParameterRanges", "ParameterRanges"),
    ):
        if member in definition:
            raise ValidationException(
                f"{member} is for TrainingJobDefinitions; with TrainingJobDefinition, give "
                f"HyperParameterTuningJobConfig.{place}."
            )


def _check_several(request: Document, in_config: list[str]) -> None:
    if in_config:
        raise ValidationException(
            f"With TrainingJobDefinitions, {' and '.join(in_config)} belong to each definition "
            "as TuningObjective and HyperParameterRanges."
        )
    named = [definition.get("DefinitionName") for definition in request["TrainingJobDefinitions"]]
    if None in named or len(set(named)) < len(named):
        raise ValidationException("Each training job definition needs a DefinitionName of its own.")
    for definition in request["TrainingJobDefinitions"]:
        if "TuningObjective" not in definition:
            raise ValidationException(
                f"Training job definition '{definition['DefinitionName']}' needs a TuningObjective."
            )
    types = {each["TuningObjective"]["Type"] for each in request["TrainingJobDefinitions"]}
    if len(types) > 1:
        raise ValidationException(
            "The TuningObjective of all training job definitions must have the same Type: the best "
            "training job is chosen among all of them."
        )
    config = request["HyperParameterTuningJobConfig"]
    if config.get("TrainingJobEarlyStoppingType", "Off") != "Off" or "WarmStartConfig" in request:
        raise ValidationException(
            "Tuning jobs with several training job definitions support neither early stopping "
            "nor warm start."
        )


def _check_limits(config: Document) -> None:
    limits = config["ResourceLimits"]
    most = limits.get("MaxNumberOfTrainingJobs")
    if most is not None and limits["MaxParallelTrainingJobs"] > most:
        raise ValidationException(
            f"MaxParallelTrainingJobs, [{limits['MaxParallelTrainingJobs']}], must be less than "
            f"or equal to MaxNumberOfTrainingJobs, [{most}]."
        )
    ends = most or limits.get("MaxRuntimeInSeconds") or config.get("TuningJobCompletionCriteria")
    if not ends and config["Strategy"] != "Grid":
        raise ValidationException(
            "Provide ResourceLimits.MaxNumberOfTrainingJobs, ResourceLimits.MaxRuntimeInSeconds "
            "or TuningJobCompletionCriteria: otherwise the tuning job would not end."
        )


def _check_objective(definition: Definition, algorithm: Algorithm) -> None:
    if isinstance(algorithm, OwnAlgorithm) and definition.metric not in algorithm.objectives:
        raise ValidationException(
            "A metric is required for this hyperparameter tuning job objective. Provide a metric "
            "in the metric definitions."
        )
    if definition.metric not in algorithm.objectives:
        raise ValidationException(
            f"The objective metric '{definition.metric}' is not a metric of {algorithm.name}. "
            f"Choose one of: {', '.join(algorithm.objectives)}."
        )
    type_ = algorithm.objective_type(definition.metric)
    if type_ is not None and definition.objective["Type"] != type_:
        raise ValidationException(
            f"The objective metric type, [{definition.objective['Type']}], that you specified for "
            f"objective metric, [{definition.metric}], isn't valid for {algorithm.name}. It is "
            f"[{type_}]."
        )


def _check_hyperparameters(definition: Definition, algorithm: Algorithm) -> None:
    names = [name for name, _ in definition.types()]
    if not names:
        raise ValidationException("ParameterRanges must hold at least one hyperparameter.")
    if len(names) > MAX_SEARCHED:
        raise ValidationException(
            f"{len(names)} hyperparameters have ranges; at most {MAX_SEARCHED} can be searched."
        )
    everything = [*definition.static, *names]
    if len(everything) + 1 > MAX_HYPERPARAMETERS:
        raise ValidationException(
            f"{len(everything)} hyperparameters are given; with _tuning_objective_metric there "
            f"can be at most {MAX_HYPERPARAMETERS}."
        )
    for name in names:
        if everything.count(name) > 1:
            raise ValidationException(
                f"The hyperparameter '{name}' is given more than once: it has either one range "
                "or one static value."
            )
    for type_ in ("Integer", "Continuous", "Categorical"):
        for range_ in definition.ranges.get(f"{type_}ParameterRanges", []):
            check_range(range_, type_, algorithm)


def _check_strategy(config: Document, definition: Definition) -> None:
    hyperband = config.get("StrategyConfig", {}).get("HyperbandStrategyConfig")
    if config["Strategy"] == "Hyperband":
        _check_hyperband(config, hyperband or {}, definition)
    elif hyperband is not None:
        raise ValidationException("HyperbandStrategyConfig goes with the Hyperband strategy only.")
    if config["Strategy"] == "Grid":
        _check_grid(config, definition)


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


def _check_objects(channel: Document, role: str, s3: Any) -> None:
    uri = channel["DataSource"]["S3DataSource"]["S3Uri"]
    location = S3Location.parse(uri)
    try:
        page = s3.list_objects_v2(Bucket=location.bucket, Prefix=location.key, MaxKeys=1)
    except ClientError as fault:
        if fault.response["Error"]["Code"] not in ("NoSuchBucket", "AccessDenied"):
            raise
        page = {}
    if not page.get("Contents"):
        raise ValidationException(
            f'No S3 objects found under S3 URL "{uri}" given in input data source. Please ensure '
            "that the bucket exists in the selected region, that objects exist under that S3 "
            f'prefix, and that the role "{role}" has "s3:ListBucket" permissions on bucket '
            f'"{location.bucket}".'
        )
