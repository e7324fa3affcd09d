"""A batch transform job as DescribeTransformJob shows it."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources import failure_reason
from local_sagemaker.sagemaker.resources.kinds import TRANSFORM_JOB
from local_sagemaker.sagemaker.service_model import output_members
from local_sagemaker.sagemaker.state_changes import job_detail

_SUMMARY = (
    "TransformJobName",
    "TransformJobArn",
    "CreationTime",
    "TransformEndTime",
    "LastModifiedTime",
    "TransformJobStatus",
    "FailureReason",
)


class TransformJob:
    """State shared between the job's own thread and the API; every method locks."""

    def __init__(self, region: Region, request: Document) -> None:
        self.name: str = request["TransformJobName"]
        self.arn = TRANSFORM_JOB.arn(region, self.name)
        self._stop_container: Callable[[], None] = lambda: None
        self._lock = threading.RLock()
        self._region = region
        self._tags: list[Document] = request.get("Tags", [])
        members = output_members("DescribeTransformJob")
        self._description = {
            key: copy.deepcopy(value) for key, value in request.items() if key in members
        } | {
            "TransformJobArn": self.arn,
            "TransformJobStatus": "InProgress",
            "CreationTime": time.time(),
        }
        self._emit()

    def describe(self) -> Document:
        with self._lock:
            return copy.deepcopy(self._description)

    def summary(self) -> Document:
        with self._lock:
            return {key: self._description[key] for key in _SUMMARY if key in self._description}

    @property
    def status(self) -> str:
        with self._lock:
            return str(self._description["TransformJobStatus"])

    def begin(self, stop_container: Callable[[], None]) -> None:
        with self._lock:
            self._stop_container = stop_container
            self._description["TransformStartTime"] = time.time()

    def stop(self) -> None:
        with self._lock:
            if self.status != "InProgress":
                return
            self._description["TransformJobStatus"] = "Stopping"
            self._emit()
        self._stop_container()

    def finish(self, status: str, reason: str | None = None) -> None:
        with self._lock:
            now = time.time()
            self._description.setdefault("TransformStartTime", now)
            self._description.update(TransformJobStatus=status, TransformEndTime=now)
            if reason is not None:
                self._description["FailureReason"] = failure_reason.cut(reason)
            self._emit()

    def _emit(self) -> None:
        detail = job_detail(self.describe(), self._tags)
        self._region.emit(TRANSFORM_JOB.event, self.arn, detail)
