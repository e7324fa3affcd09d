"""CreateProcessingJob, DescribeProcessingJob, ListProcessingJobs, Stop- and DeleteProcessingJob."""

from __future__ import annotations

import copy
from collections.abc import Callable

from local_sagemaker.sagemaker.algorithms.algorithm_specification import processing_image
from local_sagemaker.sagemaker.algorithms.image_rules import check_processing_image
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.jobs.description import ONE_DAY_SECONDS
from local_sagemaker.sagemaker.processing.processing_rules import check_processing
from local_sagemaker.sagemaker.processing.processing_run import ProcessingRun
from local_sagemaker.sagemaker.quotas.quotas import Instances, check_quotas
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.experiments import check_experiment
from local_sagemaker.sagemaker.resources.job import Job
from local_sagemaker.sagemaker.resources.job_status import RUNNING
from local_sagemaker.sagemaker.resources.job_table import JobTable
from local_sagemaker.sagemaker.resources.kinds import PROCESSING_JOB
from local_sagemaker.sagemaker.resources.tags import Tags


class ProcessingJobs(JobTable[Job]):
    """The processing jobs of one account and region."""

    def __init__(self, region: Region, tags: Tags) -> None:
        super().__init__(region, tags, PROCESSING_JOB)

    def create(self, request: Document) -> Document:
        check_processing(request)
        check_experiment(request)
        check_processing_image(request["AppSpecification"]["ImageUri"], self._region.name)
        image = processing_image(request["AppSpecification"])
        request = _with_defaults(request)
        self._table.check_free(request["ProcessingJobName"])
        running = [job.describe() for job in self._table.all() if job.status in RUNNING]
        check_quotas(self._region.settings.quotas, map(_instances, running), [_instances(request)])
        job = Job(self._region, PROCESSING_JOB, request)
        self._table.add(job, request.get("Tags"))
        self.begin(job, ProcessingRun(self._region, job, image))
        return {"ProcessingJobArn": job.arn}

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateProcessingJob": self.create,
            "DescribeProcessingJob": self.describe,
            "ListProcessingJobs": self.list_jobs,
            "StopProcessingJob": self.stop,
            "DeleteProcessingJob": self.delete,
        }


def _with_defaults(request: Document) -> Document:
    """The request as the service repeats it: with what was left out."""
    shown = copy.deepcopy(request)
    shown.setdefault("StoppingCondition", {"MaxRuntimeInSeconds": ONE_DAY_SECONDS})
    shown["ProcessingResources"]["ClusterConfig"].setdefault("InstanceCount", 1)
    return shown


def _instances(job: Document) -> Instances:
    cluster = job["ProcessingResources"]["ClusterConfig"]
    return Instances("processing job", cluster["InstanceType"], cluster["InstanceCount"])
