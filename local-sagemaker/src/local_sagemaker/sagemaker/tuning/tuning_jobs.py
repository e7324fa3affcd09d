"""The operations on tuning jobs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ResourceInUse, ResourceNotFound, ValidationException
from local_sagemaker.sagemaker.jobs.training_jobs import TrainingJobs
from local_sagemaker.sagemaker.listing import list_page
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.tags import Tags
from local_sagemaker.sagemaker.tuning.autotune import with_choices
from local_sagemaker.sagemaker.tuning.tuner import Tuner
from local_sagemaker.sagemaker.tuning.tuning_job import TuningJob
from local_sagemaker.sagemaker.tuning.tuning_rules import check_one_form, check_tuning_job
from local_sagemaker.sagemaker.tuning.warm_start import WarmStart
from local_sagemaker.sagemaker.tuning.warm_start_rules import check_warm_start
from local_sagemaker.search.search import Observation, Search


class SearchFactory(Protocol):
    """create_search of local_sagemaker.search.strategies, or what stands for it."""

    def __call__(
        self, config: Document, /, *, parents: Sequence[Sequence[Observation]], transfer: bool
    ) -> Search: ...


class TuningJobs:
    """The tuning jobs of one account and region."""

    def __init__(
        self, region: Region, tags: Tags, training_jobs: TrainingJobs, create_search: SearchFactory
    ) -> None:
        self._region = region
        self._tags = tags
        self._training_jobs = training_jobs
        self._create_search = create_search
        self._lock = threading.Lock()
        self._jobs: dict[str, TuningJob] = {}
        self._tuners: dict[str, Tuner] = {}
        self._warm_starts: dict[str, WarmStart] = {}

    def create(self, request: Document) -> Document:
        self._check_name(request["HyperParameterTuningJobName"])
        check_one_form(request)
        request = with_choices(request)
        check_tuning_job(request, s3=self._region.s3)
        warm_start = self._warm_start(request)
        job = TuningJob(self._region, request, self._tags)
        searches = [
            (each, self._search(each.search_config(job.config), warm_start))
            for each in job.definitions
        ]
        tuner = Tuner(job, self._training_jobs, searches)
        with self._lock:
            self._check_name(job.name)
            self._jobs[job.name.lower()] = job
            self._tuners[job.name.lower()] = tuner
            self._warm_starts[job.name.lower()] = warm_start
        self._tags.create(job.arn, request.get("Tags"))
        job.emit()
        tuner.start()
        return {"HyperParameterTuningJobArn": job.arn}

    def describe(self, request: Document) -> Document:
        job = self._find(request)
        return _description(job, self._warm_starts[job.name.lower()])

    def descriptions(self) -> list[Document]:
        with self._lock:
            jobs = [(job, self._warm_starts[name]) for name, job in self._jobs.items()]
        return [_description(job, warm_start) for job, warm_start in jobs]

    def list_jobs(self, request: Document) -> Document:
        with self._lock:
            jobs = list(self._jobs.values())
        request = {"SortBy": "Name", "SortOrder": "Ascending"} | request
        return list_page(
            request,
            [job.summary() for job in jobs],
            member="HyperParameterTuningJobSummaries",
            resource="HyperParameterTuningJob",
        )

    def list_training_jobs(self, request: Document) -> Document:
        summaries = [trial.summary() for trial in self._find(request).trials]
        request = {"SortBy": "Name", "SortOrder": "Ascending"} | request
        if request["SortBy"] == "FinalObjectiveMetricValue":
            metric = "FinalHyperParameterTuningJobObjectiveMetric"
            summaries = [summary for summary in summaries if metric in summary]
        return list_page(request, summaries, member="TrainingJobSummaries", resource="TrainingJob")

    def stop(self, request: Document) -> Document:
        job = self._find(request)
        if job.status not in ("InProgress", "Stopping"):
            # The SageMaker SDK v2 takes this ValidationException for "has ended already".
            raise ValidationException(
                f"The request was rejected because the hyperparameter tuning job is in status "
                f"{job.status}."
            )
        if job.status == "InProgress":
            job.set_status("Stopping")
            self._tuners[job.name.lower()].stop()
        return {}

    def delete(self, request: Document) -> Document:
        """Remove the entry; the training jobs and their models stay."""
        job = self._find(request)
        if job.status in ("InProgress", "Stopping"):
            raise ResourceInUse(f"The tuning job is in status {job.status}: stop it first.")
        with self._lock:
            self._jobs.pop(job.name.lower(), None)
            self._tuners.pop(job.name.lower(), None)
            self._warm_starts.pop(job.name.lower(), None)
        self._tags.forget(job.arn)
        return {}

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateHyperParameterTuningJob": self.create,
            "DescribeHyperParameterTuningJob": self.describe,
            "ListHyperParameterTuningJobs": self.list_jobs,
            "ListTrainingJobsForHyperParameterTuningJob": self.list_training_jobs,
            "StopHyperParameterTuningJob": self.stop,
            "DeleteHyperParameterTuningJob": self.delete,
        }

    def _search(self, config: Document, warm_start: WarmStart) -> Search:
        try:
            return self._create_search(
                config, parents=warm_start.observations(), transfer=warm_start.transfer
            )
        except ValueError as fault:
            raise ValidationException(str(fault)) from fault

    def _check_name(self, name: str) -> None:
        job = self._jobs.get(name.lower())
        if job is not None:
            raise ResourceInUse(
                "Hyperparameter tuning job names must be unique within an AWS account and "
                f"region, and a tuning job with this name already exists ({job.arn})"
            )

    def _warm_start(self, request: Document) -> WarmStart:
        """The parents of the request.

        Raises:
            ValidationException: they do not go together with the new tuning job.
        """
        config = request.get("WarmStartConfig")
        if config is None:
            return WarmStart()
        names = [
            parent["HyperParameterTuningJobName"]
            for parent in config["ParentHyperParameterTuningJobs"]
        ]
        with self._lock:
            found = {name: self._jobs.get(name.lower()) for name in names}
        check_warm_start(
            request, {name: job.describe() if job else None for name, job in found.items()}
        )
        return WarmStart([job for job in found.values() if job], config["WarmStartType"])

    def _find(self, request: Document) -> TuningJob:
        name = request["HyperParameterTuningJobName"]
        with self._lock:
            job = self._jobs.get(name.lower())
        if job is None:
            raise ResourceNotFound(
                f"Amazon SageMaker can't find a tuning job called {name}. Type another name."
            )
        return job


def _description(job: TuningJob, warm_start: WarmStart) -> Document:
    description = job.describe()
    overall_best = warm_start.overall_best(description)
    if overall_best is not None:
        description["OverallBestTrainingJob"] = overall_best
    return description
