"""The jobs of one kind, and what SageMaker does with each, whatever its work is."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.job_status import check_deletable, check_stoppable
from local_sagemaker.sagemaker.resources.kinds import ResourceKind
from local_sagemaker.sagemaker.resources.resource_table import NamedResource, ResourceTable
from local_sagemaker.sagemaker.resources.tags import Tags


class RunningJob(NamedResource, Protocol):
    """A job as the API sees it."""

    @property
    def status(self) -> str: ...

    def describe(self) -> Document: ...

    def summary(self) -> Document: ...

    def stop(self) -> None: ...


class Run(Protocol):
    """The work of a job, in a thread of its own."""

    def start(self) -> None: ...

    def abandon(self) -> None: ...


J = TypeVar("J", bound=RunningJob)


class JobTable(Generic[J]):
    """The jobs of a kind in one account and region, and their runs."""

    def __init__(self, region: Region, tags: Tags, kind: ResourceKind) -> None:
        self._region = region
        self._kind = kind
        self._table: ResourceTable[J] = ResourceTable(region, tags, kind)
        self._runs: dict[str, Run] = {}

    def begin(self, job: J, run: Run) -> None:
        """Start the work of a job that the table has."""
        self._runs[job.name.lower()] = run
        run.start()

    def describe(self, request: Document) -> Document:
        return self._table.asked(request).describe()

    def list_jobs(self, request: Document) -> Document:
        return self._table.page(request, [job.summary() for job in self._table.all()])

    def stop(self, request: Document) -> Document:
        job = self._table.asked(request)
        check_stoppable(self._kind, job.status)
        job.stop()
        return {}

    def delete(self, request: Document) -> Document:
        job = self._table.asked(request)
        check_deletable(self._kind, job.status)
        self._table.remove(job)
        self._runs.pop(job.name.lower(), None)
        return {}

    def close(self) -> None:
        """End all work at once: the server is going away."""
        for run in list(self._runs.values()):
            run.abandon()
