"""The kinds of resources, each in the words that the API has for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from local_sagemaker.sagemaker.errors import (
    ConflictException,
    ResourceInUse,
    ResourceNotFound,
    SageMakerError,
    ValidationException,
)
from local_sagemaker.sagemaker.region import Region


@dataclass(frozen=True)
class ResourceKind:
    """`name` begins the members of a kind: TrainingJobName, TrainingJobArn, TrainingJobStatus.

    `words` names it in messages and `arn_type` in ARNs. `listed_as` is the member of the List
    answer, which is in the order `sort_by` and `sort_order` unless the request asks for another.
    `missing` is the error for a name (and ARN) that is not there, `taken` for the ARN of one that
    is there already. `event` is the detail-type of its state changes in EventBridge.
    """

    name: str
    words: str
    arn_type: str
    listed_as: str
    missing: Callable[[str, str], SageMakerError]
    taken: Callable[[str], SageMakerError]
    event: str = ""
    sort_by: str = "CreationTime"
    sort_order: str = "Descending"
    arn_in_lower_case: bool = True

    def arn(self, region: Region, name: str) -> str:
        """The ARN of the resource of this name."""
        return region.arn(self.arn_type, name.lower() if self.arn_in_lower_case else name)


def _hosted(name: str, words: str, arn_type: str, event: str = "") -> ResourceKind:
    """Hosting has a ValidationException where jobs have errors of their own."""
    return ResourceKind(
        name,
        words,
        arn_type,
        listed_as=f"{name}s",
        missing=lambda _, arn: ValidationException(f'Could not find {words} "{arn}".'),
        taken=lambda arn: ValidationException(f'Cannot create already existing {words} "{arn}".'),
        event=event,
    )


def _missing_work(name: str, _arn: str) -> SageMakerError:
    """Of transform and processing jobs (aws-controllers-k8s, generator.yaml of SageMaker)."""
    return ValidationException(f"Could not find requested job with name: {name}")


def _taken_job(words: str, short: str) -> Callable[[str], SageMakerError]:
    return lambda arn: ResourceInUse(
        f"{words.capitalize()} names must be unique within an AWS account and region, and a "
        f"{short} with this name already exists ({arn})"
    )


MODEL = _hosted("Model", "model", "model", "SageMaker Model State Change")
ENDPOINT_CONFIG = _hosted(
    "EndpointConfig",
    "endpoint configuration",
    "endpoint-config",
    "SageMaker Endpoint Config State Change",
)
ENDPOINT = _hosted("Endpoint", "endpoint", "endpoint", "SageMaker Endpoint State Change")

TRAINING_JOB = ResourceKind(
    "TrainingJob",
    "training job",
    "training-job",
    listed_as="TrainingJobSummaries",
    missing=lambda _name, _arn: ValidationException("Requested resource not found."),
    taken=_taken_job("training job", "training job"),
    event="SageMaker Training Job State Change",
    sort_order="Ascending",
    arn_in_lower_case=False,
)
TUNING_JOB = ResourceKind(
    "HyperParameterTuningJob",
    "hyperparameter tuning job",
    "hyper-parameter-tuning-job",
    listed_as="HyperParameterTuningJobSummaries",
    missing=lambda name, _: ResourceNotFound(
        f"Amazon SageMaker can't find a tuning job called {name}. Type another name."
    ),
    taken=_taken_job("hyperparameter tuning job", "tuning job"),
    event="SageMaker HyperParameter Tuning Job State Change",
    sort_by="Name",
    sort_order="Ascending",
    arn_in_lower_case=False,
)
TRANSFORM_JOB = ResourceKind(
    "TransformJob",
    "transform job",
    "transform-job",
    listed_as="TransformJobSummaries",
    missing=_missing_work,
    taken=_taken_job("transform job", "transform job"),
    event="SageMaker Transform Job State Change",
    arn_in_lower_case=False,
)
PROCESSING_JOB = ResourceKind(
    "ProcessingJob",
    "processing job",
    "processing-job",
    listed_as="ProcessingJobSummaries",
    missing=_missing_work,
    taken=_taken_job("processing job", "processing job"),
    event="SageMaker Processing Job State Change",
    sort_order="Ascending",
    arn_in_lower_case=False,
)
PIPELINE = ResourceKind(
    "Pipeline",
    "pipeline",
    "pipeline",
    listed_as="PipelineSummaries",
    missing=lambda _, arn: ResourceNotFound(f"Pipeline '{arn}' does not exist."),
    taken=lambda arn: ValidationException(
        "Pipeline names must be unique within an AWS account and region. Pipeline with name "
        f"({arn.rpartition('/')[2]}) already exists."
    ),
    arn_in_lower_case=False,
)
MODEL_PACKAGE_GROUP = ResourceKind(
    "ModelPackageGroup",
    "model package group",
    "model-package-group",
    listed_as="ModelPackageGroupSummaryList",
    missing=lambda _, arn: ValidationException(f"ModelPackageGroup {arn} does not exist."),
    taken=lambda arn: ValidationException(f"Model Package Group already exists: {arn}"),
    sort_order="Ascending",
)
MODEL_PACKAGE = ResourceKind(
    "ModelPackage",
    "model package",
    "model-package",
    listed_as="ModelPackageSummaryList",
    missing=lambda _, arn: ValidationException(f"ModelPackage {arn} does not exist."),
    taken=lambda arn: ConflictException(f"Model Package already exists: {arn}"),
    event="SageMaker Model Package State Change",
    sort_order="Ascending",
)
