"""Waits for a SageMaker job as a `.sync` task does."""

from __future__ import annotations

import json
import logging
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError

from local_sagemaker.services.stepfunctions.json_values import to_json

_POLL_SECONDS = 0.5
_UNFINISHED = ("InProgress", "Stopping")
_COUNTERS = ("TrainingJobStatusCounters", "ObjectiveStatusCounters", "ResponseMetadata")
_logger = logging.getLogger(__name__)


class JobFailed(Exception):
    """The job ended other than Completed; the text is its description as JSON."""


class SyncJob:
    """One job, known by its kind (`TrainingJob`) and name."""

    def __init__(self, client: Any, kind: str, request: dict[str, Any]) -> None:
        self._client = client
        self._kind = kind
        self._name = {f"{kind}Name": request[f"{kind}Name"]}
        self._tags = {tag["Key"]: tag["Value"] for tag in request["Tags"]}

    def wait(self, env: Any) -> dict[str, Any] | None:
        """The task's output; None when `env` ended before the job, which then is stopped.

        Raises JobFailed.
        """
        while env.is_running():
            description = self._call("Describe")
            status = description[f"{self._kind}Status"]
            if status == "Completed":
                return self._output(description)
            if status not in _UNFINISHED:
                raise JobFailed(json.dumps(self._output(description)))
            env.program_state_event.wait(_POLL_SECONDS)
        self._stop()
        return None

    def _stop(self) -> None:
        try:
            self._call("Stop")
        except ClientError as error:
            # Best effort, as on AWS: the job may have ended in the meantime.
            _logger.info("%s %s is not stopped: %s", self._kind, self._name, error)

    def _call(self, verb: str) -> dict[str, Any]:
        operation = getattr(self._client, xform_name(f"{verb}{self._kind}"))
        response: dict[str, Any] = operation(**self._name)
        return response

    def _output(self, description: dict[str, Any]) -> dict[str, Any]:
        """Not the whole description: no counters, times in ms, of the best job only its name."""
        kept = {name: item for name, item in description.items() if name not in _COUNTERS}
        if "BestTrainingJob" in kept:
            name = kept["BestTrainingJob"]["TrainingJobName"]
            kept["BestTrainingJob"] = {"TrainingJobName": name}
        output: dict[str, Any] = to_json(kept, times="milliseconds")
        return output | {"Tags": self._tags}
