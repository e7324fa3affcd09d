"""A job with one phase, transform or processing, as its Describe operation shows it."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources import failure_reason
from local_sagemaker.sagemaker.resources.job_status import ENDED
from local_sagemaker.sagemaker.resources.kinds import ResourceKind
from local_sagemaker.sagemaker.service_model import output_members
from local_sagemaker.sagemaker.state_changes import job_detail


class Job:
    """State shared between the job's own thread and the API; every method locks.

    `request` is described as it is, in the members that the Describe operation of the kind has.
    """

    def __init__(self, region: Region, kind: ResourceKind, request: Document) -> None:
        self.name: str = request[f"{kind.name}Name"]
        self.arn = kind.arn(region, self.name)
        self._kind = kind
        self._work = kind.name.removesuffix("Job")  # TransformStartTime, ProcessingStartTime
        self._stop_container: Callable[[], None] = lambda: None
        self._lock = threading.RLock()
        self._region = region
        self._tags: list[Document] = request.get("Tags", [])
        self._members = output_members(f"Describe{kind.name}")
        now = time.time()
        self._description = {
            key: copy.deepcopy(value) for key, value in request.items() if key in self._members
        } | {f"{kind.name}Arn": self.arn, "CreationTime": now}
        self._enter("InProgress", now)

    def __getstate__(self) -> Document:
        """What is saved of a job that has ended, which calls nobody any more."""
        return {name: value for name, value in vars(self).items() if name != "_stop_container"}

    def describe(self) -> Document:
        with self._lock:
            return copy.deepcopy(self._description)

    def summary(self) -> Document:
        of_the_kind = [f"{self._kind.name}{part}" for part in ("Name", "Arn", "Status")]
        names = [*of_the_kind, "CreationTime", f"{self._work}EndTime", "LastModifiedTime"]
        with self._lock:
            shown = [*names, "FailureReason", "ExitMessage"]
            return {name: self._description[name] for name in shown if name in self._description}

    @property
    def status(self) -> str:
        with self._lock:
            return str(self._description[f"{self._kind.name}Status"])

    def begin(self, stop_container: Callable[[], None]) -> None:
        """The work starts, and can be stopped; a stop that came before takes effect now."""
        with self._lock:
            self._stop_container = stop_container
            self._description[f"{self._work}StartTime"] = time.time()
            if self.status != "InProgress":
                stop_container()

    def stop(self) -> None:
        """Ask for a stop; nothing happens when the job has ended or is stopping already."""
        with self._lock:
            if self.status != "InProgress":
                return
            self._enter("Stopping", time.time())
        self._stop_container()

    def finish(self, status: str, reason: str | None = None, **members: str) -> None:
        """End as Completed, Failed or Stopped; `members` are shown beside the reason."""
        assert status in ENDED
        with self._lock:
            now = time.time()
            self._description.setdefault(f"{self._work}StartTime", now)
            self._description[f"{self._work}EndTime"] = now
            self._description |= members
            if reason is not None:
                self._description["FailureReason"] = failure_reason.cut(reason)
            self._enter(status, now)

    def _enter(self, status: str, now: float) -> None:
        self._description[f"{self._kind.name}Status"] = status
        if "LastModifiedTime" in self._members:
            self._description["LastModifiedTime"] = now
        detail = job_detail(self.describe(), self._tags)
        self._region.emit(self._kind.event, [self.arn], detail)
