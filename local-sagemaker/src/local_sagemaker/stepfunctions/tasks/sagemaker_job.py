"""Jobs of SageMaker that a `.sync` task starts and waits for.

Undocumented on AWS, decided here: a task whose job ends `Stopped` fails with States.TaskFailed,
like one whose job failed. So a job that somebody stopped never lets a workflow go on as if it were
finished.
"""

from __future__ import annotations

from typing import Any

from botocore import xform_name

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.tasks.json_values import to_json
from local_sagemaker.stepfunctions.tasks.service import Call, result_by_sdk_1

_UNFINISHED = ("InProgress", "Stopping")
_COUNTERS = ("TrainingJobStatusCounters", "ObjectiveStatusCounters", "ResponseMetadata")


def create(call: Call) -> Any:
    """The result of the call; a job that is waited for gets the tags that say who started it."""
    if call.resource.waits_for_job:
        call = call.with_parameters(Tags=_tags(call))
    return result_by_sdk_1(call)


class SageMakerJob:
    """One job, known by its kind (`TrainingJob`) and name."""

    look_seconds = 0.5

    def __init__(self, call: Call, _result: Any) -> None:
        self._client = call.client
        self._kind = call.resource.action.removeprefix("create")
        self._name = {f"{self._kind}Name": call.parameters[f"{self._kind}Name"]}
        self._tags = {tag["Key"]: tag["Value"] for tag in _tags(call)}
        self._failed = call.resource.said_in_events

    def look(self) -> Any:
        description = self._call("Describe")
        status = description[f"{self._kind}Status"]
        if status in _UNFINISHED:
            return None
        output = self._output(description)
        if status != "Completed":
            raise StateFailed("States.TaskFailed", to_text(output), "TaskFailed", self._failed)
        return output

    def stop(self) -> None:
        self._call("Stop")

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


def _tags(call: Call) -> list[dict[str, str]]:
    return [
        *call.parameters.get("Tags", []),
        {"Key": "MANAGED_BY_AWS", "Value": "STARTED_BY_STEP_FUNCTIONS"},
        {
            "Key": "AWS_STEP_FUNCTIONS_EXECUTION_ARN",
            "Value": call.request.context["Execution"]["Id"],
        },
    ]
