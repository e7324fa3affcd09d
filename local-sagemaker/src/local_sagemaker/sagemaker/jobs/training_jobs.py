"""CreateTrainingJob, DescribeTrainingJob, ListTrainingJobs, StopTrainingJob, DeleteTrainingJob."""

from __future__ import annotations

import copy
from collections.abc import Callable

from local_sagemaker.sagemaker.algorithms.algorithm import Algorithm
from local_sagemaker.sagemaker.algorithms.algorithm_specification import training_algorithm
from local_sagemaker.sagemaker.algorithms.builtin_algorithm import BuiltInAlgorithm
from local_sagemaker.sagemaker.algorithms.image_rules import check_training_image
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.jobs.channels import check_channel, check_names
from local_sagemaker.sagemaker.jobs.checkpoints import check_checkpoints
from local_sagemaker.sagemaker.jobs.debug_outputs import check_outputs
from local_sagemaker.sagemaker.jobs.debug_rules import check_rules
from local_sagemaker.sagemaker.jobs.instance_preferences import check_preferences
from local_sagemaker.sagemaker.jobs.instances import check_instances, training_instances
from local_sagemaker.sagemaker.jobs.profiler import check_profiler
from local_sagemaker.sagemaker.jobs.spot import check_spot
from local_sagemaker.sagemaker.jobs.training_job import TrainingJob
from local_sagemaker.sagemaker.jobs.training_run import TrainingRun
from local_sagemaker.sagemaker.quotas.quotas import Instances, check_quotas
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.experiments import check_experiment
from local_sagemaker.sagemaker.resources.job_status import RUNNING
from local_sagemaker.sagemaker.resources.job_table import JobTable
from local_sagemaker.sagemaker.resources.kinds import TRAINING_JOB
from local_sagemaker.sagemaker.resources.tags import Tags
from local_sagemaker.sagemaker.s3_location import S3Location

_NOT_LOCAL = ("MlflowConfig", "ModelPackageConfig", "ServerlessJobConfig")
_LONGEST_SECONDS = 28 * 24 * 3600


def check_training(definition: Document, region: str) -> Algorithm:
    """What a training job and a tuning job's definition have in common.

    Raises:
        ValidationException: what SageMaker refuses, and what only an AWS account can run.
    """
    specification = definition["AlgorithmSpecification"]
    if "TrainingImage" in specification and "AlgorithmName" in specification:
        raise ValidationException(
            "AlgorithmSpecification takes either TrainingImage or AlgorithmName, not both."
        )
    check_training_image(definition, region)
    algorithm = training_algorithm(definition)
    if isinstance(algorithm, BuiltInAlgorithm) and "MetricDefinitions" in specification:
        raise ValidationException(
            "You can't override the metric definitions for Amazon SageMaker algorithms. "
            "Please retry the request without specifying metric definitions."
        )
    channels = definition.get("InputDataConfig", [])
    for channel in channels:
        check_channel(channel, algorithm, input_mode=specification["TrainingInputMode"])
    check_names(channels)
    _check_output(definition["OutputDataConfig"])
    if "CheckpointConfig" in definition:
        check_checkpoints(definition["CheckpointConfig"])
    check_spot(definition)
    _check_runtime(definition.get("StoppingCondition", {}))
    check_preferences(definition)
    return algorithm


def _check_runtime(limits: Document) -> None:
    """StoppingCondition of the API reference: 28 days at most."""
    seconds = limits.get("MaxRuntimeInSeconds", 0)
    if seconds > _LONGEST_SECONDS:
        raise ValidationException(
            f"StoppingCondition.MaxRuntimeInSeconds {seconds} is above {_LONGEST_SECONDS}, 28 days."
        )


def _check_output(config: Document) -> None:
    S3Location.parse(config["S3OutputPath"])
    if config.get("CompressionType", "GZIP") != "GZIP":
        raise ValidationException(
            f"OutputDataConfig.CompressionType {config['CompressionType']}: local AWS leaves "
            "model.tar.gz only; set it to GZIP or leave it out."
        )


class TrainingJobs(JobTable[TrainingJob]):
    """The training jobs of one account and region."""

    def __init__(self, region: Region, tags: Tags) -> None:
        super().__init__(region, tags, TRAINING_JOB)

    def create(self, request: Document) -> Document:
        # Members that only a job without instances (ServerlessJobConfig) may leave out.
        for member in ("AlgorithmSpecification", "ResourceConfig"):
            if member not in request:
                raise ValidationException(f"{member} is required on local AWS.")
        for member in _NOT_LOCAL:
            if member in request:
                raise ValidationException(f"Local AWS has no {member}: leave it out.")
        check_experiment(request)
        request = copy.deepcopy(request)
        algorithm = check_training(request, self._region.name)
        hyperparameters = request.get("HyperParameters", {})
        definitions = algorithm.metric_definitions(hyperparameters)
        request["AlgorithmSpecification"]["MetricDefinitions"] = definitions
        check_outputs(request, algorithm.image)
        check_rules(request, self._region.name)
        check_profiler(request)
        check_instances("ResourceConfig", request["ResourceConfig"])
        self.check_quotas(training_instances(request, request["ResourceConfig"]))
        job = self.add(request, algorithm)
        self.run(job)
        return {"TrainingJobArn": job.arn}

    def add(
        self, request: Document, algorithm: Algorithm, *, tuning_arn: str | None = None
    ) -> TrainingJob:
        """Enter a job that has been checked; run() starts it."""
        job = TrainingJob(self._region, request, algorithm, tuning_arn=tuning_arn)
        self._table.add(job, request.get("Tags"))
        return job

    def check_quotas(self, asked: list[Instances]) -> None:
        """Raises ResourceLimitExceeded for more than what runs leaves free."""
        running = [job.describe() for job in self._table.all() if job.status in RUNNING]
        used = [each for job in running for each in training_instances(job, job["ResourceConfig"])]
        check_quotas(self._region.settings.quotas, used, asked)

    def run(self, job: TrainingJob) -> None:
        self.begin(job, TrainingRun(self._region, job))

    def descriptions(self) -> list[Document]:
        return [job.describe() for job in self._table.all()]

    def list_jobs(self, request: Document) -> Document:
        jobs = self._table.all()
        if "WarmPoolStatusEquals" in request:
            jobs = []  # No job keeps its instances here.
        plan = request.get("TrainingPlanArnEquals")
        summaries = [job.summary() for job in jobs if plan in (None, job.training_plan)]
        return self._table.page(request, summaries)

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateTrainingJob": self.create,
            "DescribeTrainingJob": self.describe,
            "ListTrainingJobs": self.list_jobs,
            "StopTrainingJob": self.stop,
            "DeleteTrainingJob": self.delete,
        }
