"""The documented rules of CreateHyperParameterTuningJob that its API description does not hold.

Sources: "Define hyperparameter ranges", "How hyperparameter tuning works", "Define metrics",
"Tune multiple algorithms" in the SageMaker developer guide, and messages seen from the service.
"""

from __future__ import annotations

from botocore.exceptions import ClientError

from local_sagemaker.sagemaker.algorithms.algorithm import Algorithm
from local_sagemaker.sagemaker.algorithms.own_algorithm import OwnAlgorithm
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ResourceLimitExceeded, ValidationException
from local_sagemaker.sagemaker.jobs.training_jobs import check_training
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.s3_location import S3Location
from local_sagemaker.sagemaker.tuning.definition import Definition, definitions
from local_sagemaker.sagemaker.tuning.machine_rules import check_environment, check_resources
from local_sagemaker.sagemaker.tuning.range_rules import check_range
from local_sagemaker.sagemaker.tuning.strategy_rules import check_strategy
from local_sagemaker.sagemaker.tuning.warm_start_rules import MAX_TRAINING_JOBS

MAX_SEARCHED = 30
# Static and searched together, with the _tuning_objective_metric that SageMaker adds.
MAX_HYPERPARAMETERS = 100
MAX_PARALLEL_TRAINING_JOBS = 100
MAX_RANDOM_TRAINING_JOBS = 10_000  # a quota that AWS raises on request


def check_tuning_job(request: Document, region: Region) -> None:
    """Refuse a request that SageMaker would refuse; it has passed check_one_form.

    Raises:
        ValidationException: the first rule that is not met.
        ResourceLimitExceeded: more training jobs than an account may have.
    """
    config = request["HyperParameterTuningJobConfig"]
    _check_limits(config)
    check_environment([definition.training for definition in definitions(request)])
    for definition in definitions(request):
        algorithm = check_training(definition.training, region.name)
        _check_objective(definition, algorithm)
        _check_hyperparameters(definition, algorithm)
        check_resources(definition.training)
        check_strategy(config, definition)
        for channel in definition.training.get("InputDataConfig", []):
            _check_objects(channel, definition.training["RoleArn"], region)


def _check_limits(config: Document) -> None:
    limits = config["ResourceLimits"]
    most = limits.get("MaxNumberOfTrainingJobs")
    if most is not None and limits["MaxParallelTrainingJobs"] > most:
        raise ValidationException(
            f"MaxParallelTrainingJobs, [{limits['MaxParallelTrainingJobs']}], must be less than "
            f"or equal to MaxNumberOfTrainingJobs, [{most}]."
        )
    _check_quota(
        "MaxParallelTrainingJobs", limits["MaxParallelTrainingJobs"], MAX_PARALLEL_TRAINING_JOBS
    )
    _check_quota(
        "MaxNumberOfTrainingJobs",
        most or 0,
        MAX_RANDOM_TRAINING_JOBS if config["Strategy"] == "Random" else MAX_TRAINING_JOBS,
    )
    ends = most or limits.get("MaxRuntimeInSeconds") or config.get("TuningJobCompletionCriteria")
    if not ends and config["Strategy"] != "Grid":
        raise ValidationException(
            "Provide ResourceLimits.MaxNumberOfTrainingJobs, ResourceLimits.MaxRuntimeInSeconds "
            "or TuningJobCompletionCriteria: otherwise the tuning job would not end."
        )


def _check_quota(member: str, value: int, most: int) -> None:
    """Of "Resource limits for automatic model tuning" in the developer guide."""
    if value > most:
        raise ResourceLimitExceeded(
            f"ResourceLimits.{member}, [{value}], is above {most}, the most that there may be."
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


def _check_objects(channel: Document, role: str, region: Region) -> None:
    uri = channel["DataSource"]["S3DataSource"]["S3Uri"]
    location = S3Location.parse(uri)
    try:
        s3 = region.in_role(role).s3
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
