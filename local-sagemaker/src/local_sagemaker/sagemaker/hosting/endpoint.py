"""An endpoint: the fleet that serves, and the one that is to replace it."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.hosting.async_notifications import TopicOutOfReach, try_topics
from local_sagemaker.sagemaker.hosting.data_capture import capture_summary
from local_sagemaker.sagemaker.hosting.deployment import DeploymentPlan
from local_sagemaker.sagemaker.hosting.fleet import Fleet
from local_sagemaker.sagemaker.hosting.rollout import Abandoned, RolledBack, Rollout
from local_sagemaker.sagemaker.hosting.scalable_targets import deregister_targets
from local_sagemaker.sagemaker.hosting.serving_process import StartFailed
from local_sagemaker.sagemaker.quotas.quotas import Instances
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources import failure_reason
from local_sagemaker.sagemaker.resources.kinds import ENDPOINT
from local_sagemaker.sagemaker.state_changes import endpoint_detail

# Beside the state changes of the endpoint itself.
DEPLOYMENT_EVENT = "SageMaker Endpoint Deployment State Change"
_logger = logging.getLogger(__name__)


class Endpoint:
    """Every method may be called from any thread."""

    def __init__(
        self, region: Region, request: Document, fleet: Fleet, plan: DeploymentPlan
    ) -> None:
        self.name: str = request["EndpointName"]
        self.arn = ENDPOINT.arn(region, self.name)
        self._region = region
        self._tags: list[Document] = request.get("Tags", [])
        self._lock = threading.RLock()
        self._serving: Fleet | None = None
        self._starting: Fleet | None = fleet
        self._plan = plan
        self._share = 0.0
        self._started_at = self._created_at = self._modified_at = time.time()
        self._config_name = fleet.config.name
        self._status = "Creating"
        self._reason: str | None = None
        self._deployment: Document | None = request.get("DeploymentConfig")
        self._deleted = threading.Event()

    @property
    def status(self) -> str:
        with self._lock:
            return self._status

    @property
    def serving(self) -> Fleet | None:
        """The fleet that the endpoint is InService with."""
        with self._lock:
            return self._serving

    @property
    def quota_instances(self) -> list[Instances]:
        """Of what serves, and of what starts to."""
        with self._lock:
            fleets = (self._serving, self._starting)
            return [each for fleet in fleets if fleet for each in fleet.quota_instances()]

    @contextmanager
    def routed(self) -> Iterator[Fleet | None]:
        """The fleet for an invocation, which keeps it up: in an update a new one has its share."""
        with self._lock:
            shifted = self._starting is not None and random.random() < self._share
            fleet = self._starting if shifted else self._serving
            if self._deleted.is_set():
                fleet = None
            if fleet is not None:
                fleet.begin_request()
        try:
            yield fleet
        finally:
            if fleet is not None:
                fleet.end_request()

    def describe(self) -> Document:
        with self._lock:
            description: Document = {
                "EndpointName": self.name,
                "EndpointArn": self.arn,
                "EndpointConfigName": self._config_name,
                "EndpointStatus": self._status,
                "CreationTime": self._created_at,
                "LastModifiedTime": self._modified_at,
            }
            if self._serving is not None:
                config = self._serving.config
                description["ProductionVariants"] = self._serving.summaries()
                description |= capture_summary(self._serving.data_capture)
                if config.asynchronous is not None:
                    description["AsyncInferenceConfig"] = config.asynchronous
                if config.shadow_variants:
                    description["ShadowProductionVariants"] = self._serving.shadow_summaries()
            if self._reason is not None:
                description["FailureReason"] = self._reason
            if self._deployment is not None:
                description["LastDeploymentConfig"] = self._deployment
            if self._serving is not None and self._starting is not None:
                description["PendingDeploymentSummary"] = self._pending(self._starting)
            return description

    def begin_update(self, fleet: Fleet, plan: DeploymentPlan, deployment: Document | None) -> None:
        """Enter Updating; deploy() does the work."""
        with self._lock:
            self._refuse_unless_in_service("update")
            self._starting = fleet
            self._plan = plan
            self._started_at = time.time()
            self._reason = None
            self._deployment = deployment
            self._set("Updating")

    def deploy(self) -> None:
        """Start the new fleet, move traffic to it and stop the old one; or keep the old one."""
        fleet = self._starting
        assert fleet is not None
        update = self._serving is not None
        plan = self._plan if update else DeploymentPlan()
        shift = self._shift if update else _nowhere
        entered = self._emit_deployment if update else _nothing
        rollout = Rollout(
            self._region, plan, shift=shift, entered=entered, ended=self._deleted.wait
        )
        try:
            try_topics(self._region.in_role(fleet.role), fleet.config.asynchronous)
            rollout.replace(fleet)
        except Abandoned:
            return
        except (StartFailed, RolledBack, TopicOutOfReach) as failure:
            self._give_up(fleet, str(failure))
        except Exception as defect:
            _logger.exception("Endpoint %s met a defect of local AWS", self.name)
            self._give_up(fleet, f"Internal error: {type(defect).__name__}: {defect}")
        else:
            self._switch(fleet)

    def resize(self, wanted: Sequence[Document]) -> None:
        """Change weights and instance counts; one process serves whatever the count is."""
        with self._lock:
            self._refuse_unless_in_service("update")
            assert self._serving is not None
            self._serving.resize(wanted)
            self._set("Updating")
            self._set("InService")

    def delete(self) -> None:
        with self._lock:
            self._refuse_in_progress("delete")
            deregister_targets(self._region, self.name)
            self._deleted.set()
            self._set("Deleting")
        if self._serving is not None:
            self._serving.stop()

    def resume(self) -> None:
        """Serve with the fleet that was loaded, or be Failed."""
        fleet = self._serving
        if fleet is None:
            return
        try:
            fleet.start()
        except StartFailed as failure:
            self._serving = None
            self._give_up(fleet, str(failure))

    def abandon(self) -> None:
        """End every process at once: the server is going away."""
        self._deleted.set()
        for fleet in (self._serving, self._starting):
            if fleet is not None:
                fleet.abandon()

    def emit(self) -> None:
        """Tell EventBridge the status."""
        detail = endpoint_detail(self.describe(), self._tags)
        self._region.emit(ENDPOINT.event, [self.arn], detail)

    def _emit_deployment(self) -> None:
        """Tell EventBridge the stage of an update."""
        detail = endpoint_detail(self.describe(), self._tags)
        self._region.emit(DEPLOYMENT_EVENT, [self.arn], detail)

    def _shift(self, share: float) -> None:
        with self._lock:
            self._share = share

    def _switch(self, fleet: Fleet) -> None:
        with self._lock:
            old, self._serving, self._starting = self._serving, fleet, None
            self._share = 0.0
            self._config_name = fleet.config.name
            self._set("InService")
        if old is not None:
            old.stop()
        if self._deleted.is_set():
            fleet.abandon()

    def _give_up(self, fleet: Fleet, reason: str) -> None:
        """Without an old fleet the endpoint is Failed; with one it rolls back to InService."""
        if self._deleted.is_set():
            return
        with self._lock:
            self._share = 0.0
            if self._serving is not None:
                self._set("RollingBack")
        fleet.stop()
        with self._lock:
            self._starting = None
            self._reason = failure_reason.cut(reason)
            self._set("Failed" if self._serving is None else "InService")

    def _set(self, status: str) -> None:
        with self._lock:
            self._status = status
            self._modified_at = time.time()
            self.emit()

    def _refuse_in_progress(self, action: str) -> None:
        if self._starting is not None or self._status == "Deleting":
            raise ValidationException(f'Cannot {action} in-progress endpoint "{self.arn}".')

    def _refuse_unless_in_service(self, action: str) -> None:
        self._refuse_in_progress(action)
        if self._status == "Failed":
            raise ValidationException(
                f'Cannot {action} endpoint "{self.arn}" in status Failed: delete it.'
            )

    def _pending(self, fleet: Fleet) -> Document:
        return {
            "EndpointConfigName": fleet.config.name,
            "ProductionVariants": fleet.summaries(),
            "StartTime": self._started_at,
        }


def _nowhere(_share: float) -> None:
    """The fleet of a new endpoint gets its traffic once the endpoint is InService."""


def _nothing() -> None:
    """The stages of a new endpoint are no deployment's."""
