"""An endpoint: the fleet that serves, and the one that is to replace it."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from local_aws.sagemaker.errors import ValidationException
from local_aws.sagemaker.hosting.fleet import Fleet
from local_aws.sagemaker.hosting.serving_process import StartFailed
from local_aws.sagemaker.region import Region
from local_aws.sagemaker.state_changes import endpoint_detail

FAILURE_REASON_LIMIT = 1024

_logger = logging.getLogger(__name__)
Document = dict[str, Any]


class Endpoint:
    """Every method may be called from any thread."""

    def __init__(
        self,
        region: Region,
        request: Document,
        fleet: Fleet,
    ) -> None:
        self.name: str = request["EndpointName"]
        self.arn = region.arn("endpoint", self.name.lower())
        self._region = region
        self._tags: list[Document] = request.get("Tags", [])
        self._lock = threading.RLock()
        self._serving: Fleet | None = None
        self._starting: Fleet | None = fleet
        self._started_at = self._created_at = self._modified_at = time.time()
        self._config_name = fleet.config.name
        self._status = "Creating"
        self._reason: str | None = None
        self._deployment: Document | None = request.get("DeploymentConfig")
        self._deleted = False

    @property
    def status(self) -> str:
        with self._lock:
            return self._status

    @property
    def serving(self) -> Fleet | None:
        """The fleet that answers invocations, also while another one is starting."""
        with self._lock:
            return self._serving

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
                description["ProductionVariants"] = self._serving.summaries()
            if self._reason is not None:
                description["FailureReason"] = self._reason
            if self._deployment is not None:
                description["LastDeploymentConfig"] = self._deployment
            if self._serving is not None and self._starting is not None:
                description["PendingDeploymentSummary"] = self._pending(self._starting)
            return description

    def begin_update(self, fleet: Fleet, deployment: Document | None) -> None:
        """Enter Updating; deploy() does the work."""
        with self._lock:
            self._refuse_in_progress("update")
            if self._status == "Failed":
                raise ValidationException(
                    f'Cannot update endpoint "{self.arn}" in status Failed: delete it.'
                )
            self._starting = fleet
            self._started_at = time.time()
            self._reason = None
            self._deployment = deployment
            self._set("Updating")

    def deploy(self) -> None:
        """Start the new fleet, move traffic to it and stop the old one; or keep the old one."""
        fleet = self._starting
        assert fleet is not None
        try:
            fleet.start()
        except StartFailed as failure:
            self._give_up(fleet, str(failure))
        except Exception as defect:
            _logger.exception("Endpoint %s met a defect of local AWS", self.name)
            self._give_up(fleet, f"Internal error: {type(defect).__name__}: {defect}")
        else:
            self._switch(fleet)

    def delete(self) -> None:
        with self._lock:
            self._refuse_in_progress("delete")
            self._deleted = True
            self._set("Deleting")
        if self._serving is not None:
            self._serving.stop()

    def abandon(self) -> None:
        """End every process at once: the server is going away."""
        self._deleted = True
        for fleet in (self._serving, self._starting):
            if fleet is not None:
                fleet.abandon()

    def _switch(self, fleet: Fleet) -> None:
        with self._lock:
            old, self._serving, self._starting = self._serving, fleet, None
            self._config_name = fleet.config.name
            self._set("InService")
        if old is not None:
            old.stop()
        if self._deleted:
            fleet.abandon()

    def _give_up(self, fleet: Fleet, reason: str) -> None:
        """Without an old fleet the endpoint is Failed; with one it rolls back to InService."""
        if self._deleted:
            return
        if self._serving is not None:
            self._set("RollingBack")
        fleet.stop()
        with self._lock:
            self._starting = None
            self._reason = reason[:FAILURE_REASON_LIMIT]
            self._set("Failed" if self._serving is None else "InService")

    def _set(self, status: str) -> None:
        with self._lock:
            self._status = status
            self._modified_at = time.time()
            self.emit()

    def emit(self) -> None:
        """Tell EventBridge the status."""
        detail = endpoint_detail(self.describe(), self._tags)
        self._region.emit("SageMaker Endpoint State Change", self.arn, detail)

    def _refuse_in_progress(self, action: str) -> None:
        if self._starting is not None or self._status == "Deleting":
            raise ValidationException(f'Cannot {action} in-progress endpoint "{self.arn}".')

    def _pending(self, fleet: Fleet) -> Document:
        return {
            "EndpointConfigName": fleet.config.name,
            "ProductionVariants": [
                {"VariantName": variant["VariantName"]} for variant in fleet.config.variants
            ],
            "StartTime": self._started_at,
        }
