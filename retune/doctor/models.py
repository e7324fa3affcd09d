"""The deployed defaults and every model, as PlanTuning would find them now; and their images."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError
from tuning.algorithms.images import Registered

from configuration.document import Document
from retune.aws import Aws
from retune.deployment.deployed_template import document_of, models_of
from retune.doctor.finding import Finding, bad, ok, warn
from retune.doctor.patient import Patient
from retune.execution_input import input_check


def models(patient: Patient) -> Iterator[Finding]:
    """Their data and quotas; only what a schedule is to start must be able to run.

    What PlanTuning does is done where the environment points, whatever the settings say.
    """
    here, there = Aws().region, patient.aws.region
    if here != there:
        fix = f"Set AWS_DEFAULT_REGION={there} to have them looked at."
        yield warn("models", f"They are in {there}, and the environment says {here}. {fix}")
        return
    for name, schedule in models_of(patient.template).items():
        problem = bad if schedule["State"] == "ENABLED" else warn
        yield _planned(patient, f"model {name}", {"ModelName": name}, problem)
    yield _planned(patient, "defaults", {}, warn)


def _planned(patient: Patient, check: str, document: dict[str, Any], problem: Any) -> Finding:
    source = Document("input", document, {})
    found = input_check.check(patient.aws, patient.stack_name, source)
    if found.faults:
        finding: Finding = problem(check, "A run would be refused: " + " ".join(found.faults))
        return finding
    lines = [*found.not_checked, *found.warnings]
    if lines:
        return warn(check, "A run would be tuned, with warnings: " + " ".join(lines))
    return ok(check, "A run would be tuned: data and quotas allow it.")


def images(patient: Patient) -> Iterator[Finding]:
    """Those of one's own that models name; SageMaker's are found by region."""
    for name, schedule in models_of(patient.template).items():
        image = document_of(schedule).get("AlgorithmSpecification", {}).get("TrainingImage")
        if image is not None:
            yield _image(patient, f"image {name}", str(image))


def _image(patient: Patient, check: str, uri: str) -> Finding:
    place = Registered.parse(uri)
    if place is None:
        return warn(check, f"{uri} is in no registry of Amazon ECR: it cannot be looked at.")
    repository, _, digest = place.name.partition("@")
    repository, _, tag = repository.partition(":")
    wanted = {"imageDigest": digest} if digest else {"imageTag": tag or "latest"}
    try:
        patient.aws.client("ecr").describe_images(
            registryId=place.account, repositoryName=repository, imageIds=[wanted]
        )
    except ClientError as error:
        if error.response["Error"]["Code"] not in (
            "ImageNotFoundException",
            "RepositoryNotFoundException",
        ):
            raise
        return bad(check, f"{uri} is not there. Push it, or correct the model's TrainingImage.")
    return ok(check, f"{uri} is there.")
