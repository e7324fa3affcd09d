"""Reads and deletes what executions have left in SageMaker, and stops their jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from botocore.exceptions import ClientError

from tuning.gateway import client
from tuning.model_package import ENDPOINT, EXECUTION, TRAINING_JOB
from tuning.names import execution_id
from tuning.resources import (
    ENDPOINT_TAG,
    EXECUTION_TAG,
    PREFIX_TAG,
    Inventory,
    Resource,
    Selection,
)

# Kind of job -> operations of SageMaker, the key of their lists, the parameter that is its name.
_JOBS = {
    "HyperParameterTuningJob": "hyper_parameter_tuning_job",
    "TrainingJob": "training_job",
    "TransformJob": "transform_job",
}


def read_inventory(prefix: str, state_machine_arn: str, *, name_start: str = "") -> Inventory:
    """The prefix's packages, and its models and configs whose names begin with `name_start`."""
    start = name_start or f"{prefix}-"
    found = Inventory(
        configs=tuple(_configs(prefix, start)),
        models=tuple(_models(prefix, start)),
        packages=tuple(_packages(prefix, state_machine_arn)),
        in_use=_configs_in_use(),
        running=frozenset(_running(state_machine_arn)),
    )
    others = found.used_configs - {config.name for config in found.configs}
    models = frozenset(model for name in others for model in _models_of(name))
    return replace(found, served_by_others=models)


def delete(selection: Selection) -> list[str]:
    """Deletes it and returns the names; what somebody else has deleted meanwhile counts too."""
    for name in selection.configs:
        _delete("delete_endpoint_config", EndpointConfigName=name)
    for name in selection.models:
        _delete("delete_model", ModelName=name)
    for arn in selection.packages:
        _delete("delete_model_package", ModelPackageName=arn)
    return names_of(selection)


def names_of(selection: Selection) -> list[str]:
    """As a person reads them; a package's is `model-package/<group>/<version>`."""
    packages = (arn.rsplit(":", 1)[-1] for arn in selection.packages)
    return [*selection.configs, *selection.models, *packages]


def stop_jobs(name_start: str) -> list[str]:
    """Stops the jobs that run under names that begin so, and returns their names."""
    return _stop_all(_running_jobs(name_start))


def stop_stray_jobs(prefix: str, state_machine_arn: str, execution: str) -> list[str]:
    """Stops the prefix's jobs that nothing waits for, and returns their names.

    Those of executions that are over, whose own clean-up could not stop them, and of `execution`,
    which is past its jobs. Which executions run is read after the jobs: each is there before its
    jobs are.
    """
    jobs = list(_running_jobs(f"{prefix}-"))
    tags = [_tags(job.arn) for job in jobs]
    running = frozenset(_running(state_machine_arn)) - {execution} if jobs else frozenset()
    return _stop_all(
        job
        for job, tag in zip(jobs, tags, strict=True)
        if tag.get(PREFIX_TAG) == prefix
        and EXECUTION_TAG in tag
        and tag[EXECUTION_TAG] not in running
    )


@dataclass(frozen=True)
class _Job:
    """A job that runs: a key of _JOBS, its name and its ARN."""

    kind: str
    name: str
    arn: str


def _running_jobs(name_start: str) -> Iterator[_Job]:
    for kind, operation in _JOBS.items():
        for entry in _entries(f"list_{operation}s", f"{kind}Summaries", name_start, _RUNNING):
            job = _Job(kind, entry[f"{kind}Name"], entry[f"{kind}Arn"])
            if job.name.startswith(name_start):
                yield job


def _stop_all(jobs: Iterable[_Job]) -> list[str]:
    """A tuning job, which comes before its training jobs, stops them itself."""
    stopped: list[str] = []
    for job in jobs:
        if not _stops_itself(job.name, stopped):
            _stop(job.kind, _JOBS[job.kind], job.name)
            stopped.append(job.name)
    return stopped


_RUNNING = {"StatusEquals": "InProgress"}


def _stops_itself(training_job: str, stopped: list[str]) -> bool:
    return any(training_job.startswith(f"{tuning_job}-") for tuning_job in stopped)


def _stop(kind: str, operation: str, name: str) -> None:
    sagemaker = client("sagemaker")
    try:
        getattr(sagemaker, f"stop_{operation}")(**{f"{kind}Name": name})
    except ClientError:
        described = getattr(sagemaker, f"describe_{operation}")(**{f"{kind}Name": name})
        if described[f"{kind}Status"] == "InProgress":
            raise  # it has not just ended by itself


def _configs(prefix: str, start: str) -> Iterator[Resource]:
    for entry in _entries("list_endpoint_configs", "EndpointConfigs", start):
        name, tags = entry["EndpointConfigName"], _tags(entry["EndpointConfigArn"])
        if name.startswith(start) and tags.get(PREFIX_TAG) == prefix:
            yield Resource(name, entry["CreationTime"], tags, _models_of(name))


def _models_of(config: str) -> tuple[str, ...]:
    described = _describe("describe_endpoint_config", EndpointConfigName=config)
    kinds = ("ProductionVariants", "ShadowProductionVariants")
    variants = (variant for kind in kinds for variant in described.get(kind, ()))
    return tuple(variant["ModelName"] for variant in variants if "ModelName" in variant)


def _models(prefix: str, start: str) -> Iterator[Resource]:
    for entry in _entries("list_models", "Models", start):
        name, tags = entry["ModelName"], _tags(entry["ModelArn"])
        if name.startswith(start) and tags.get(PREFIX_TAG) == prefix:
            yield Resource(name, entry["CreationTime"], tags)


def _packages(group: str, state_machine_arn: str) -> Iterator[Resource]:
    """Versions carry no tags of their own, so that RegisterModel says in properties whose they are.

    A group that no run has made yet holds none.
    """
    of_group = {"ModelPackageGroupName": group}
    try:
        entries = list(_entries("list_model_packages", "ModelPackageSummaryList", filters=of_group))
    except ClientError as error:
        if not _is_gone(error):
            raise
        return
    for entry in entries:
        described = _describe("describe_model_package", ModelPackageName=entry["ModelPackageArn"])
        if described:
            yield _package(described, state_machine_arn)


def _package(described: dict[str, Any], state_machine_arn: str) -> Resource:
    properties = described.get("CustomerMetadataProperties", {})
    tags = {}
    if EXECUTION in properties:
        tags[EXECUTION_TAG] = execution_id(state_machine_arn, properties[EXECUTION])
    if ENDPOINT in properties:
        tags[ENDPOINT_TAG] = properties[ENDPOINT]
    models = (properties[TRAINING_JOB],) if TRAINING_JOB in properties else ()
    return Resource(described["ModelPackageArn"], described["CreationTime"], tags, models)


def _configs_in_use() -> dict[str, frozenset[str]]:
    """Of every endpoint of the account: SageMaker would delete a config under an endpoint."""
    in_use = {}
    for entry in _entries("list_endpoints", "Endpoints"):
        described = _describe("describe_endpoint", EndpointName=entry["EndpointName"])
        if not described:
            continue
        pending = described.get("PendingDeploymentSummary", {}).get("EndpointConfigName")
        names = {described["EndpointConfigName"], pending} - {None}
        in_use[entry["EndpointName"]] = frozenset(names)
    return in_use


def _running(state_machine_arn: str) -> Iterator[str]:
    pages = client("stepfunctions").get_paginator("list_executions")
    for page in pages.paginate(stateMachineArn=state_machine_arn, statusFilter="RUNNING"):
        yield from (execution["executionArn"] for execution in page["executions"])


def _tags(arn: str) -> dict[str, str]:
    """None of a resource that somebody has deleted since it was listed."""
    pages = client("sagemaker").get_paginator("list_tags").paginate(ResourceArn=arn)
    try:
        return {tag["Key"]: tag["Value"] for page in pages for tag in page["Tags"]}
    except ClientError as error:
        if not _is_gone(error):
            raise
        return {}


def _describe(operation: str, **name: str) -> dict[str, Any]:
    """The description; empty of what somebody has deleted since it was listed."""
    try:
        described: dict[str, Any] = getattr(client("sagemaker"), operation)(**name)
    except ClientError as error:
        if not _is_gone(error):
            raise
        return {}
    return described


def _is_gone(error: ClientError) -> bool:
    """SageMaker has no error code of its own for a missing resource, only these words."""
    message = error.response["Error"]["Message"]
    return "Could not find" in message or "does not exist" in message


def _entries(
    operation: str, key: str, contained: str = "", filters: dict[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    named = {"NameContains": contained} if contained else {}
    pages = client("sagemaker").get_paginator(operation).paginate(**named, **(filters or {}))
    for page in pages:
        yield from page[key]


def _delete(operation: str, **name: str) -> None:
    try:
        getattr(client("sagemaker"), operation)(**name)
    except ClientError as error:
        if not _is_gone(error):
            raise
