"""The files that the runs of one endpoint share: which of them goes on, and what the last was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from tuning.aws import executions, objects
from tuning.aws.shared_document import Document, Overtaken, change_document
from tuning.data.s3_location import S3Location
from tuning.report.files import as_json
from tuning.variables.interface import Interface
from tuning.variables.last_run import (
    EndpointTuningJob,
    EndpointTuningJobs,
    LastRun,
    Running,
)
from tuning.variables.plan import Plan

_RUNNING, _LAST_RUN, _LAST_SKIPPED = "running.json", "last-run.json", "last-skipped.json"
_TUNING_JOBS = "tuning-jobs.json"
_KEPT_TUNING_JOBS = 10  # of which a warm start looks at each, with a call


@dataclass(frozen=True)
class EndpointFolder:
    """The folder `endpoints/<endpoint name>/` of the data bucket."""

    bucket: str
    endpoint_name: str

    @classmethod
    def of(cls, plan: Plan) -> EndpointFolder:
        """The folder of the endpoint that a plan is for."""
        return cls(plan.report.bucket, plan.endpoint.endpoint_name)

    def claim(self, execution_id: str) -> str | None:
        """Lets an execution be the only one that goes on; returns the ARN of another that does.

        The conditional write decides, not the look before it: of executions that start at the same
        moment one gets None. An execution that is over holds nothing any more, however it ended.
        """
        mine = Running(execution_id=execution_id)

        def take_over(found: Document) -> tuple[Document | None, str | None]:
            holder = Running.parse(found).execution_id if found else None
            if holder == execution_id:
                return None, None
            if holder and executions.goes_on(holder):
                return None, holder
            return mine.to_document(), None

        try:
            return change_document(self._file(_RUNNING), take_over)
        except Overtaken:
            return "one that started at the same moment"

    def running(self) -> str | None:
        """The ARN of the execution that goes on."""
        text = objects.read_if_there(self._file(_RUNNING))
        holder = Running.parse(json.loads(text)).execution_id if text else None
        return holder if holder and executions.goes_on(holder) else None

    def last_run(self) -> LastRun | None:
        """The last run that came to a verdict."""
        text = objects.read_if_there(self._file(_LAST_RUN))
        return LastRun.parse(json.loads(text)) if text else None

    def keep_last_run(self, run: LastRun) -> None:
        """Puts a run in place of the one before it."""
        objects.write_object(self._file(_LAST_RUN), as_json(run.to_document()), "application/json")

    def interface_of(self, config_name: str) -> Interface | None:
        """What clients send to an endpoint config; None when nobody has recorded it."""
        text = objects.read_if_there(self._interface(config_name))
        return Interface.parse(json.loads(text)) if text else None

    def keep_interface(self, config_name: str, interface: Interface) -> None:
        """For as long as the folder is there: an earlier config may serve again."""
        content = as_json(interface.to_document())
        objects.write_object(self._interface(config_name), content, "application/json")

    def tuning_jobs(self) -> EndpointTuningJobs:
        """Those of the last runs that came to a verdict."""
        text = objects.read_if_there(self._file(_TUNING_JOBS))
        return EndpointTuningJobs.parse(json.loads(text)) if text else EndpointTuningJobs()

    def keep_tuning_job(self, job: EndpointTuningJob) -> None:
        """A run of the endpoint has tuned. Dry runs do so at the same time as others."""

        def add(found: Document) -> tuple[Document, None]:
            known = EndpointTuningJobs.parse(found)
            return known.with_newest(job, _KEPT_TUNING_JOBS).to_document(), None

        change_document(self._file(_TUNING_JOBS), add)

    def keep_skipped(self, execution_id: str) -> None:
        """A run was skipped because the last verdict still holds."""
        place, mine = self._file(_LAST_SKIPPED), Running(execution_id=execution_id)
        objects.write_object(place, as_json(mine.to_document()), "application/json")

    def last_success(self) -> datetime | None:
        """When the last run came to a verdict, or was skipped because that still held."""
        times = (objects.written(self._file(name)) for name in (_LAST_RUN, _LAST_SKIPPED))
        return max((time for time in times if time), default=None)

    def _interface(self, config_name: str) -> S3Location:
        return self._file(f"interfaces/{config_name}.json")

    def _file(self, name: str) -> S3Location:
        return S3Location(self.bucket, f"endpoints/{self.endpoint_name}/{name}")
