"""ResultWriter: the results of a Map Run in S3: a file for each status, and a manifest."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.stepfunctions.engine.visit import Visit
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.map_runs.failures import WRITER, s3_failed
from local_sagemaker.stepfunctions.map_runs.fields import arguments
from local_sagemaker.stepfunctions.map_runs.iteration import Iteration
from local_sagemaker.stepfunctions.map_runs.map_run import MapRun
from local_sagemaker.stepfunctions.map_runs.s3_client import s3_of
from local_sagemaker.stepfunctions.tasks.json_values import to_json

_FILES = {"SUCCEEDED": "SUCCEEDED", "FAILED": "FAILED", "TIMED_OUT": "FAILED", "PENDING": "PENDING"}


def results(run: MapRun, transformation: str | None = None) -> list[Any]:
    """What the state puts out: the outputs, or with `NONE` each with its execution.

    An output that is a list is laid out with `FLATTEN`.
    """
    succeeded = [each for each in run.iterations if each.status == "SUCCEEDED"]
    if transformation == "NONE":
        return [_detailed(each) for each in succeeded]
    outputs = [each.execution.output for each in succeeded if each.execution]
    if transformation != "FLATTEN":
        return outputs
    return [item for each in outputs for item in (each if isinstance(each, list) else [each])]


class ResultWriter:
    """Evaluated for one state."""

    def __init__(self, visit: Visit, chosen: Any) -> None:
        said = visit.said["ResultWriter"]
        config = said.get("WriterConfig", {})
        self._writes = "Resource" in said
        self._place = arguments(visit, chosen, said, "ResultWriter")
        self._transformation = config.get("Transformation", "NONE")
        self._as_lines = config.get("OutputType") == "JSONL"
        self._s3 = s3_of(visit)

    def write(self, run: MapRun) -> dict[str, Any] | list[Any]:
        """The state's output: where the manifest is, or the results where no bucket is given.

        Raises the failure of the Map Run.
        """
        if not self._writes:
            return results(run, self._transformation)
        try:
            key = self._written(run)
        except (ClientError, BotoCoreError) as error:
            raise s3_failed(WRITER, error) from error
        run.written = True
        details = {"Bucket": self._place["Bucket"], "Key": key}
        return {"MapRunArn": run.map_run_arn, "ResultWriterDetails": details}

    def _written(self, run: MapRun) -> str:
        prefix = str(self._place.get("Prefix") or "").rstrip("/")
        folder = f"{prefix}/" if prefix else ""
        folder += run.map_run_arn.rsplit(":", 1)[1]
        files: dict[str, list[Any]] = {"FAILED": [], "PENDING": [], "SUCCEEDED": []}
        for name, found in files.items():
            if entries := self._entries(name, run):
                key = f"{folder}/{name}_0.{'jsonl' if self._as_lines else 'json'}"
                found.append({"Key": key, "Size": self._put(key, self._text(entries))})
        bucket = self._place["Bucket"]
        manifest = {"DestinationBucket": bucket, "MapRunArn": run.map_run_arn, "ResultFiles": files}
        self._put(f"{folder}/manifest.json", json.dumps(manifest))
        return f"{folder}/manifest.json"

    def _put(self, key: str, text: str) -> int:
        body = text.encode()
        self._s3.put_object(Bucket=self._place["Bucket"], Key=key, Body=body)
        return len(body)

    def _text(self, entries: list[Any]) -> str:
        if self._as_lines:
            return "".join(f"{json.dumps(each)}\n" for each in entries)
        return json.dumps(entries)

    def _entries(self, name: str, run: MapRun) -> list[Any]:
        """Only what succeeded is transformed: the rest has no output."""
        if name == "SUCCEEDED":
            return results(run, self._transformation)
        return [_detailed(each) for each in run.iterations if _FILES.get(each.status) == name]


def _detailed(iteration: Iteration) -> dict[str, Any]:
    """An iteration as its file has it: Input and Output are text."""
    given = {"Input": json.dumps(iteration.given), "InputDetails": {"Included": True}}
    execution = iteration.execution
    if execution is None:
        return given | {"Status": "PENDING"}
    ended: dict[str, Any] = {"Error": execution.error, "Cause": execution.cause}
    if iteration.status == "SUCCEEDED":
        ended = {"Output": to_text(execution.output), "OutputDetails": {"Included": True}}
    details = {
        "ExecutionArn": execution.arn,
        "Name": execution.name,
        "StateMachineArn": execution.revision.arn,
        "StartDate": to_json(execution.start_date),
        "StopDate": to_json(execution.stop_date),
        "Status": iteration.status,
        "RedriveCount": execution.redrive_count,
    }
    return given | details | {name: value for name, value in ended.items() if value is not None}
