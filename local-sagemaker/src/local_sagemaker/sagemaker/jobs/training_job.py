"""A training job as DescribeTrainingJob shows it, from Starting to its end."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable, Iterable

from local_sagemaker.sagemaker.algorithms.algorithm import Algorithm
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.jobs.artefact import output_location
from local_sagemaker.sagemaker.jobs.debug_rules import IN_PROGRESS
from local_sagemaker.sagemaker.jobs.description import described
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources import failure_reason
from local_sagemaker.sagemaker.resources.job_status import ENDED
from local_sagemaker.sagemaker.resources.kinds import TRAINING_JOB
from local_sagemaker.sagemaker.state_changes import job_detail

INTERNAL_ERROR = "InternalServerError"
CAPACITY_ERROR = "CapacityError"
_MESSAGES = {
    "Starting": "Starting the training job",
    "Downloading": "Downloading input data",
    "Training": "Training image download completed. Training in progress.",
    "Uploading": "Uploading generated training model",
    "Completed": "Training job completed",
    "Failed": "Training job failed",
    "Stopping": "Stopping the training job",
    "Stopped": "Training job stopped",
    "MaxRuntimeExceeded": "Training job runtime exceeded MaxRuntimeInSeconds provided",
}
_SUMMARY = (
    "TrainingJobName",
    "TrainingJobArn",
    "CreationTime",
    "TrainingEndTime",
    "LastModifiedTime",
    "TrainingJobStatus",
    "SecondaryStatus",
)


class TrainingJob:
    """State shared between the job's own thread, the API and the tuner; every method locks."""

    def __init__(
        self,
        region: Region,
        request: Document,
        algorithm: Algorithm,
        *,
        tuning_arn: str | None = None,
    ) -> None:
        self.name: str = request["TrainingJobName"]
        self.arn = TRAINING_JOB.arn(region, self.name)
        self.algorithm = algorithm
        self.ended = threading.Event()
        self.on_metric: Callable[[str, float], None] = lambda name, value: None
        self.on_restart: Callable[[], None] = lambda: None
        self.on_end: Callable[[], None] = lambda: None
        self.model_uploaded = False
        self._stop_container: Callable[[], None] = lambda: None
        self._stop_status: str | None = None
        self._lock = threading.RLock()
        self._region = region
        self._tags: list[Document] = request.get("Tags", [])
        self._description = described(request) | {
            "TrainingJobArn": self.arn,
            "CreationTime": time.time(),
            "SecondaryStatusTransitions": [],
            "ModelArtifacts": {
                "S3ModelArtifacts": str(
                    output_location(request["OutputDataConfig"]["S3OutputPath"], self.name)
                    / "model.tar.gz"
                )
            },
        }
        self._description["TrainingJobStatus"] = "InProgress"
        if tuning_arn is not None:
            self._description["TuningJobArn"] = tuning_arn
        self.enter("Starting")

    def __getstate__(self) -> Document:
        """What is saved of a job that has ended, which calls nobody any more."""
        left_out = ("algorithm", "on_metric", "on_restart", "on_end", "_stop_container")
        return {name: value for name, value in vars(self).items() if name not in left_out}

    def describe(self) -> Document:
        with self._lock:
            return copy.deepcopy(self._description)

    def summary(self) -> Document:
        return self.members(_SUMMARY)

    def members(self, names: Iterable[str]) -> Document:
        """Those of the plain members of the description that it has."""
        with self._lock:
            return {name: self._description[name] for name in names if name in self._description}

    @property
    def training_plan(self) -> str | None:
        with self._lock:
            plan: str | None = self._description["ResourceConfig"].get("TrainingPlanArn")
            return plan

    @property
    def status(self) -> str:
        with self._lock:
            return str(self._description["TrainingJobStatus"])

    @property
    def stop_status(self) -> str | None:
        """The secondary status to end with once a stop was asked for, else None."""
        with self._lock:
            return self._stop_status

    def enter(self, secondary_status: str) -> None:
        """Begin the next phase and close the transition before it."""
        with self._lock:
            now = time.time()
            self._description.update(SecondaryStatus=secondary_status, LastModifiedTime=now)
            if secondary_status == "Downloading":
                self._description.setdefault("TrainingStartTime", now)
            transitions = self._description["SecondaryStatusTransitions"]
            if transitions:
                transitions[-1].setdefault("EndTime", now)
            transitions.append(
                {
                    "Status": secondary_status,
                    "StartTime": now,
                    "StatusMessage": _MESSAGES[secondary_status],
                }
            )
            if secondary_status not in ENDED and secondary_status != "MaxRuntimeExceeded":
                self._emit()

    def attach(self, stop_container: Callable[[], None]) -> None:
        """Say how to stop the container; a stop that came before takes effect now."""
        with self._lock:
            self._stop_container = stop_container
            if self._stop_status is not None:
                stop_container()

    def stop(self, secondary_status: str = "Stopped") -> None:
        """Ask for a stop; nothing happens when the job has ended or is stopping already."""
        with self._lock:
            if self._stop_status is not None or self._description["TrainingJobStatus"] in ENDED:
                return
            self._stop_status = secondary_status
            self._description["TrainingJobStatus"] = "Stopping"
            self.enter("Stopping")
            self._stop_container()

    def tell_rules(self, statuses: list[Document]) -> None:
        """What the rules of SageMaker Debugger have found."""
        with self._lock:
            if statuses:
                self._description["DebugRuleEvaluationStatuses"] = statuses

    def finish(self, status: str, secondary_status: str, *, metrics: list[Document]) -> None:
        with self._lock:
            self.enter(secondary_status)
            now = self._description["LastModifiedTime"]
            self._description["SecondaryStatusTransitions"][-1]["EndTime"] = now
            started = self._description.setdefault("TrainingStartTime", now)
            seconds = max(1, round(now - started))
            self._description.update(
                TrainingJobStatus=status,
                TrainingEndTime=now,
                TrainingTimeInSeconds=seconds,
                BillableTimeInSeconds=seconds,
                FinalMetricDataList=metrics,
            )
            for rule in self._description.get("DebugRuleEvaluationStatuses", []):
                if rule["RuleEvaluationStatus"] == IN_PROGRESS:  # there was nothing to evaluate
                    rule.update(RuleEvaluationStatus="Stopped", LastModifiedTime=now)
            self._emit()
        self.ended.set()
        self.on_end()

    def restart(self) -> None:
        """Begin again after an internal error: RetryStrategy."""
        self.on_restart()
        self.enter("Starting")

    @property
    def failed_internally(self) -> bool:
        """Whether it failed by a fault of the service, and not of its own."""
        return self._failed_with(INTERNAL_ERROR)

    @property
    def ended_from_outside(self) -> bool:
        """Whether a caller stopped it or the service failed it, whatever its hyperparameters."""
        stopped = self.status == "Stopped" and self.stop_status == "Stopped"
        return stopped or self._failed_with(INTERNAL_ERROR, CAPACITY_ERROR)

    def _failed_with(self, *classes: str) -> bool:
        with self._lock:
            reason = str(self._description.get("FailureReason", ""))
        return self.status == "Failed" and reason.startswith(classes)

    def _emit(self) -> None:
        detail = job_detail(self.describe(), self._tags)
        self._region.emit(TRAINING_JOB.event, [self.arn], detail)

    def fail(self, reason: str, *, metrics: list[Document]) -> None:
        with self._lock:
            self._description["FailureReason"] = failure_reason.cut(reason)
        self.finish("Failed", "Failed", metrics=metrics)
