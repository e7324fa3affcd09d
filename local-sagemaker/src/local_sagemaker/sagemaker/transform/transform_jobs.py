"""CreateTransformJob, DescribeTransformJob, ListTransformJobs, StopTransformJob."""

from __future__ import annotations

from collections.abc import Callable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.hosting.model_data import is_multi_model
from local_sagemaker.sagemaker.hosting.models import Model, Models
from local_sagemaker.sagemaker.quotas.quotas import Instances, check_quotas
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.experiments import check_experiment
from local_sagemaker.sagemaker.resources.job import Job
from local_sagemaker.sagemaker.resources.job_status import RUNNING
from local_sagemaker.sagemaker.resources.job_table import JobTable
from local_sagemaker.sagemaker.resources.kinds import TRANSFORM_JOB
from local_sagemaker.sagemaker.resources.roles import check_roles
from local_sagemaker.sagemaker.resources.tags import Tags
from local_sagemaker.sagemaker.s3_location import S3Location
from local_sagemaker.sagemaker.transform.data_processing import DataProcessing
from local_sagemaker.sagemaker.transform.transform_run import TransformRun

_MAX_PAYLOADS_MB = 100  # of one payload, and of all that are sent at the same time


class TransformJobs(JobTable[Job]):
    """The batch transform jobs of one account and region."""

    def __init__(self, region: Region, tags: Tags, models: Models) -> None:
        super().__init__(region, tags, TRANSFORM_JOB)
        self._models = models

    def create(self, request: Document) -> Document:
        _check_local(request)
        check_experiment(request)
        model = self._models.find(request["ModelName"])
        _check_model(model)
        check_roles(self._region, model.description)
        running = [job.describe() for job in self._table.all() if job.status in RUNNING]
        check_quotas(self._region.settings.quotas, map(_instances, running), [_instances(request)])
        job = Job(self._region, TRANSFORM_JOB, request)
        self._table.add(job, request.get("Tags"))
        self.begin(job, TransformRun(self._region.in_role(model.role), job, model.containers))
        return {"TransformJobArn": job.arn}

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateTransformJob": self.create,
            "DescribeTransformJob": self.describe,
            "ListTransformJobs": self.list_jobs,
            "StopTransformJob": self.stop,
        }


def _check_model(model: Model) -> None:
    """Refuse what endpoints alone serve (aws/sagemaker-python-sdk#4777)."""
    if any(map(is_multi_model, model.containers)):
        raise ValidationException(
            f"Model {model.name} is of Mode MultiModel, which transform jobs do not support."
        )
    if any("ModelDataSource" in container for container in model.containers):
        raise ValidationException(
            "SageMaker Batch currently doesn't support Model entity with container definitions "
            f"which use ModelDataSource attribute: model {model.name}."
        )


def _instances(job: Document) -> Instances:
    resources = job["TransformResources"]
    return Instances("transform job", resources["InstanceType"], resources["InstanceCount"])


def _check_local(request: Document) -> None:
    """Refuse what this machine would have to leave out in silence."""
    if "DataCaptureConfig" in request:
        raise ValidationException("Local AWS has no DataCaptureConfig: leave it out.")
    if "TransformOutput" not in request:
        raise ValidationException("Local AWS needs TransformOutput.S3OutputPath.")
    source = request["TransformInput"]
    split = source.get("SplitType", "None")
    if split == "TFRecord":
        raise ValidationException("Local AWS splits by Line or RecordIO; SplitType is 'TFRecord'.")
    if split == "RecordIO" and request.get("BatchStrategy", "MultiRecord") == "SingleRecord":
        raise ValidationException(
            "Local AWS does not take records out of RecordIO: use BatchStrategy MultiRecord."
        )
    if source.get("CompressionType", "None") != "None":
        raise ValidationException("Local AWS reads uncompressed input: leave CompressionType out.")
    data = source["DataSource"]["S3DataSource"]
    if data["S3DataType"] != "S3Prefix":
        raise ValidationException(
            f"Local AWS transforms an S3Prefix; S3DataType is '{data['S3DataType']}'."
        )
    _check_payloads(request)
    DataProcessing.of(request)
    S3Location.parse(data["S3Uri"])
    S3Location.parse(request["TransformOutput"]["S3OutputPath"])


def _check_payloads(request: Document) -> None:
    """As the API reference of CreateTransformJob says; 6 MB is its default."""
    size, at_once = request.get("MaxPayloadInMB", 6), request.get("MaxConcurrentTransforms", 1)
    if size > _MAX_PAYLOADS_MB:
        raise ValidationException(
            f"MaxPayloadInMB {size} is above {_MAX_PAYLOADS_MB}, the most that a payload may have."
        )
    if size * at_once > _MAX_PAYLOADS_MB:
        raise ValidationException(
            f"MaxConcurrentTransforms {at_once} times MaxPayloadInMB {size} is above "
            f"{_MAX_PAYLOADS_MB}: lower one of them."
        )
