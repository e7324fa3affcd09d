"""Finds an earlier run of a step that did the same (developer guide, "Caching Pipeline Steps")."""

from __future__ import annotations

import json
import time

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.cache_config import oldest_age
from local_sagemaker.sagemaker.pipelines.step_execution import StepExecution
from local_sagemaker.sagemaker.pipelines.step_kinds import RESOURCES
from local_sagemaker.sagemaker.pipelines.step_run import StepRun

# What a tuning job's training jobs do.
_OF_TRAINING = (
    "AlgorithmSpecification",
    "HyperParameterRanges",
    "InputDataConfig",
    "StaticHyperParameters",
    "TuningObjective",
)


def cache_key(run: StepRun) -> str:
    """The same for steps that do the same.

    Raises:
        StepFailed: an expression has no value.
    """
    kind = RESOURCES.get(run.step.type)
    if kind is None:
        called = {name: run.step.body.get(name) for name in ("FunctionArn", "SqsQueueUrl")}
        return _text(run, run.arguments() | called)
    arguments = run.arguments(**{kind.name_member: ""})
    told = {name: arguments[name] for name in kind.cache_keys if name in arguments}
    if "TrainingJobDefinition" in told:
        given = told["TrainingJobDefinition"]
        told["TrainingJobDefinition"] = {name: given.get(name) for name in _OF_TRAINING}
    return _text(run, told)


def earlier_run(run: StepRun, key: str) -> tuple[str, StepExecution] | None:
    """The latest successful run with this key that is not too old, and the execution it is of."""
    oldest = time.time() - oldest_age(run.step.body["CacheConfig"])
    found = [
        (entry.end_time, entry.source or execution.arn, entry)
        for execution in run.work.executions_of(run.execution.pipeline_name)
        for entry in list(execution.steps.values())
        if entry.status == "Succeeded" and entry.key == key and entry.end_time >= oldest
    ]
    if not found:
        return None
    _, arn, entry = max(found, key=lambda each: each[0])
    return arn, entry


def _text(run: StepRun, told: Document) -> str:
    return json.dumps([run.step.name, run.step.type, told], sort_keys=True)
