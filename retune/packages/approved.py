"""The approved model package of an endpoint, and all that another account needs to deploy it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tuning.aws import objects
from tuning.aws.model_packages import describe_model_package, packages_of
from tuning.aws.served import describe_endpoint
from tuning.aws.tuning_jobs import describe_training_job
from tuning.data.s3_location import S3Location
from tuning.endpoint.sample_request import READ_BYTES
from tuning.errors import MissingData
from tuning.names import run_folder
from tuning.registry.model_package import ENDPOINT, EXECUTION, TRAINING_JOB
from tuning.report.files import FILES
from tuning.trials.injected_hyperparameter import without_injected
from tuning.variables.plan import Plan
from tuning.variables.summary import Summary
from tuning.variables.winner import Winner, WinnersTraining

from retune.endpoints.missing import missing_endpoint
from retune.errors import InputError, UnavailableError
from retune.stack import Stack

APPROVED = "Approved"


@dataclass(frozen=True)
class ApprovedModel:
    """A package, and what its run has left: plan, winner, artefact and rows."""

    package: dict[str, Any]  # the answer of DescribeModelPackage
    plan: Plan
    winner: Winner

    @property
    def artefact(self) -> S3Location:
        return S3Location.of(self.winner.model_data_url)

    @property
    def rows(self) -> bytes:
        """The first rows of what its run has asked the endpoint about."""
        samples = self.plan.samples
        start = objects.read_start(S3Location(samples.bucket, samples.key), READ_BYTES)
        return start if len(start) < READ_BYTES else start.rpartition(b"\n")[0] + b"\n"

    @property
    def description(self) -> str | None:
        """Of the table that its channels were prepared from, by which clients encode raw rows."""
        encoding = self.plan.interface.encoding if self.plan.interface else None
        return objects.read_text(S3Location.of(encoding.description)) if encoding else None


def serving_package(stack: Stack, endpoint_name: str) -> dict[str, Any]:
    """The package of the model that an endpoint serves.

    Raises:
        UnavailableError: there is no endpoint, or what it serves has no package.
    """
    endpoint = describe_endpoint(endpoint_name)
    if endpoint is None:
        raise missing_endpoint(endpoint_name)
    for package in packages_of(stack.name_prefix):
        if package.get("CustomerMetadataProperties", {}).get(TRAINING_JOB) == endpoint.config_name:
            return package
    raise UnavailableError(
        f"What {endpoint_name} serves, {endpoint.config_name}, has no model package. Name a "
        "package by its ARN, or deploy by a run first."
    )


def approved_model(stack: Stack, package: dict[str, Any]) -> ApprovedModel:
    """Raises InputError unless it is approved, and of a run whose files are there."""
    arn, status = package["ModelPackageArn"], package["ModelApprovalStatus"]
    if status != APPROVED:
        raise InputError(
            f"{arn} is {status}: only an Approved model is carried to another account. "
            f"`retune approve {arn}` approves it."
        )
    properties = package.get("CustomerMetadataProperties", {})
    if not {EXECUTION, TRAINING_JOB, ENDPOINT} <= set(properties):
        raise InputError(f"{arn} was not registered by a run of Retune. Name another one.")
    plan, summary = _record(stack, properties[EXECUTION], arn)
    return ApprovedModel(package, plan, _winner(package, summary))


def named_package(arn: str) -> dict[str, Any]:
    """By its ARN. InputError when there is none."""
    package = describe_model_package(arn)
    if not package:
        raise InputError(f"There is no model package {arn} (any more).")
    return package


def _record(stack: Stack, execution: str, arn: str) -> tuple[Plan, Summary]:
    """What the run of a package keeps in its folder."""
    folder = run_folder(execution)
    try:
        plan, summary = (
            json.loads(objects.read_text(S3Location(stack.bucket, folder + file)))
            for file in ("plan.json", FILES["Summary"])
        )
    except MissingData as error:
        raise InputError(
            f"The run {execution} of {arn} has no whole record: {error} Name a package of another "
            "run."
        ) from error
    if "TuningJobName" not in summary:
        raise InputError(f"{arn} was not tuned here. Carry it from the account that tuned it.")
    return Plan.parse(plan), Summary.parse(summary)


def _winner(package: dict[str, Any], summary: Summary) -> Winner:
    name = package["CustomerMetadataProperties"][TRAINING_JOB]
    container = package["InferenceSpecification"]["Containers"][0]
    job = describe_training_job(name)
    parameters = without_injected(job["HyperParameters"])
    return Winner(
        tuning_job_name=summary.tuning_job_name,
        training_job_name=name,
        model_data_url=container["ModelDataUrl"],
        training_image=container["Image"],
        training=WinnersTraining(
            algorithm_specification={
                "TrainingImage": container["Image"],
                "TrainingInputMode": job["AlgorithmSpecification"]["TrainingInputMode"],
            },
            hyper_parameters=parameters,
        ),
        hyper_parameters=parameters,
        tuned_hyper_parameters=summary.tuned_hyper_parameters,
        metric_name=summary.metric_name,
        type=summary.type,
        value=summary.value,
    )
