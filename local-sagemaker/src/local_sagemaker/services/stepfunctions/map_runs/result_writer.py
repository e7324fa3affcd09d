"""ResultWriter: the results of a Map Run in S3: a file for each status, and a manifest."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError
from moto.stepfunctions.parser.asl.utils.boto_client import boto_client_for
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str

from local_sagemaker.services.stepfunctions.json_values import to_json
from local_sagemaker.services.stepfunctions.map_runs.failures import WRITER, map_run_failed
from local_sagemaker.services.stepfunctions.map_runs.map_run import Iteration, MapRun
from local_sagemaker.services.stepfunctions.map_runs.templates import evaluated
from local_sagemaker.services.stepfunctions.task_failure import refusal_cause

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


def write_results(
    env: Any, language: str, writer: dict[str, Any], run: MapRun
) -> dict[str, Any] | list[Any]:
    """The state's output: where the manifest is, or the results where no bucket is given."""
    config = writer.get("WriterConfig", {})
    if "Resource" not in writer:
        return results(run, config.get("Transformation", "NONE"))
    template = writer.get("Arguments" if language == "JSONata" else "Parameters", {})
    place = evaluated(env, language, template)
    try:
        key = _written(env, place["Bucket"], place.get("Prefix", ""), config, run)
    except ClientError as error:
        raise map_run_failed(env, WRITER, refusal_cause(error, "Amazon S3")) from error
    details = {"Bucket": place["Bucket"], "Key": key}
    return {"MapRunArn": run.map_run_arn, "ResultWriterDetails": details}


def _written(env: Any, bucket: str, prefix: str, config: dict[str, Any], run: MapRun) -> str:
    client = boto_client_for(service="s3", region=env.aws_execution_details.region)
    folder = f"{prefix.rstrip('/')}/" if prefix else ""
    folder += run.map_run_arn.rsplit(":", 1)[1]
    as_lines = config.get("OutputType") == "JSONL"
    files: dict[str, list[Any]] = {"FAILED": [], "PENDING": [], "SUCCEEDED": []}
    for name, found in files.items():
        entries = _entries(name, config.get("Transformation", "NONE"), run)
        if not entries:
            continue
        lines = "".join(f"{json.dumps(each)}\n" for each in entries)
        body = (lines if as_lines else json.dumps(entries)).encode()
        key = f"{folder}/{name}_0.{'jsonl' if as_lines else 'json'}"
        client.put_object(Bucket=bucket, Key=key, Body=body)
        found.append({"Key": key, "Size": len(body)})
    manifest = {"DestinationBucket": bucket, "MapRunArn": run.map_run_arn, "ResultFiles": files}
    key = f"{folder}/manifest.json"
    client.put_object(Bucket=bucket, Key=key, Body=json.dumps(manifest).encode())
    run.written = True
    return key


def _entries(name: str, transformation: str, run: MapRun) -> list[Any]:
    """Only what succeeded is transformed: the rest has no output."""
    if name == "SUCCEEDED":
        return results(run, transformation)
    return [_detailed(each) for each in run.iterations if _FILES.get(each.status) == name]


def _detailed(iteration: Iteration) -> dict[str, Any]:
    """An iteration as its file has it: Input and Output are text."""
    given = {"Input": json.dumps(iteration.given), "InputDetails": {"Included": True}}
    execution = iteration.execution
    if execution is None:
        return given | {"Status": "PENDING"}
    ended = {"Error": execution.error, "Cause": execution.cause}
    if iteration.status == "SUCCEEDED":
        text = to_json_str(execution.output, separators=(",", ":"))
        ended = {"Output": text, "OutputDetails": {"Included": True}}
    details = {
        "ExecutionArn": execution.exec_arn,
        "Name": execution.name,
        "StateMachineArn": execution.state_machine_arn,
        "StartDate": to_json(execution.start_date),
        "StopDate": to_json(execution.stop_date),
        "Status": iteration.status,
        "RedriveCount": 0,
    }
    return given | details | {name: value for name, value in ended.items() if value is not None}
