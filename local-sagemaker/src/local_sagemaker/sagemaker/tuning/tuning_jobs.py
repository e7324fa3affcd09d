"""The operations on tuning jobs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.jobs.instances import training_instances
from local_sagemaker.sagemaker.jobs.training_jobs import TrainingJobs
from local_sagemaker.sagemaker.quotas.quotas import Instances
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.job_status import check_deletable, check_stoppable
from local_sagemaker.sagemaker.resources.kinds import TRAINING_JOB, TUNING_JOB
from local_sagemaker.sagemaker.resources.listing import list_page
from local_sagemaker.sagemaker.resources.resource_table import ResourceTable
from local_sagemaker.sagemaker.resources.tags import Tags
from local_sagemaker.sagemaker.tuning.autotune import with_choices
from local_sagemaker.sagemaker.tuning.definition_form import check_one_form
from local_sagemaker.sagemaker.tuning.training_request import resources_of
from local_sagemaker.sagemaker.tuning.tuner import Tuner
from local_sagemaker.sagemaker.tuning.tuning_job import TuningJob
from local_sagemaker.sagemaker.tuning.tuning_rules import check_tuning_job
from local_sagemaker.sagemaker.tuning.warm_start import WarmStart
from local_sagemaker.sagemaker.tuning.warm_start_rules import check_warm_start
from local_sagemaker.search.search import Observation, Search


class SearchFactory(Protocol):
    """create_search of local_sagemaker.search.strategies, or what stands for it."""

    def __call__(
        self, config: Document, /, *, parents: Sequence[Sequence[Observation]], transfer: bool
    ) -> Search: ...


@dataclass(frozen=True)
class _Entry:
    """A tuning job, what runs it, and what it learns from."""

    job: TuningJob
    tuner: Tuner
    warm_start: WarmStart

    def __getstate__(self) -> Document:
        """What is saved of a job that has ended: nothing runs it any more."""
        return {"job": self.job, "warm_start": self.warm_start}

    @property
    def name(self) -> str:
        return self.job.name

    @property
    def status(self) -> str:
        return self.job.status

    @property
    def arn(self) -> str:
        return self.job.arn

    def describe(self) -> Document:
        description = self.job.describe()
        overall_best = self.warm_start.overall_best(description)
        if overall_best is not None:
            description["OverallBestTrainingJob"] = overall_best
        return description


class TuningJobs:
    """The tuning jobs of one account and region."""

    def __init__(
        self, region: Region, tags: Tags, training_jobs: TrainingJobs, create_search: SearchFactory
    ) -> None:
        self._region = region
        self._tags = tags
        self._training_jobs = training_jobs
        self._create_search = create_search
        self._table: ResourceTable[_Entry] = ResourceTable(region, tags, TUNING_JOB)

    def create(self, request: Document) -> Document:
        self._table.check_free(request["HyperParameterTuningJobName"])
        check_one_form(request)
        asked, request = request, with_choices(request)
        check_tuning_job(request, self._region)
        warm_start = self._warm_start(asked)
        job = TuningJob(self._region, request, self._tags)
        searches = [
            (each, self._search(each.search_config(job.config), warm_start))
            for each in job.definitions
        ]
        self._training_jobs.check_quotas(_instances_at_once(job))
        tuner = Tuner(job, self._training_jobs, searches)
        self._table.add(_Entry(job, tuner, warm_start), request.get("Tags"))
        job.emit()
        tuner.start()
        return {"HyperParameterTuningJobArn": job.arn}

    def describe(self, request: Document) -> Document:
        return self._table.asked(request).describe()

    def descriptions(self) -> list[Document]:
        return [entry.describe() for entry in self._table.all()]

    def list_jobs(self, request: Document) -> Document:
        return self._table.page(request, [entry.job.summary() for entry in self._table.all()])

    def list_training_jobs(self, request: Document) -> Document:
        summaries = [trial.summary() for trial in self._table.asked(request).job.trials]
        request = {"SortBy": "Name", "SortOrder": "Ascending"} | request
        if request["SortBy"] == "FinalObjectiveMetricValue":
            metric = "FinalHyperParameterTuningJobObjectiveMetric"
            summaries = [summary for summary in summaries if metric in summary]
        return list_page(request, summaries, TRAINING_JOB)

    def stop(self, request: Document) -> Document:
        entry = self._table.asked(request)
        check_stoppable(TUNING_JOB, entry.job.status)
        if entry.job.status == "InProgress":
            entry.job.set_status("Stopping")
            entry.tuner.stop()
        return {}

    def delete(self, request: Document) -> Document:
        """Remove the entry; the training jobs and their models stay."""
        entry = self._table.asked(request)
        check_deletable(TUNING_JOB, entry.job.status)
        self._table.remove(entry)
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
        found = {name: self._table.get(name) for name in names}
        check_warm_start(
            request,
            {name: entry.job.describe() if entry else None for name, entry in found.items()},
        )
        parents = [entry.job for entry in found.values() if entry]
        return WarmStart(parents, config["WarmStartType"])


def _instances_at_once(job: TuningJob) -> list[Instances]:
    """Of the training jobs that run in parallel; definitions take turns."""
    parallel = job.config["ResourceLimits"]["MaxParallelTrainingJobs"]
    jobs = math.ceil(parallel / len(job.definitions))
    training = [definition.training for definition in job.definitions]
    return [
        instances
        for each in training
        for instances in training_instances(each, resources_of(each), jobs)
    ]
