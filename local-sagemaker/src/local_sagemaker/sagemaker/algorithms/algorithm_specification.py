"""The algorithm of a training job, and the image of a model's container or a processing job."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from local_sagemaker.sagemaker.algorithms.algorithm import Algorithm
from local_sagemaker.sagemaker.algorithms.builtin_images import (
    find_builtin,
    python_repository,
    runs_in_aws_only,
)
from local_sagemaker.sagemaker.algorithms.extras import check_extras
from local_sagemaker.sagemaker.algorithms.own_algorithm import OwnAlgorithm, check_definitions
from local_sagemaker.sagemaker.algorithms.registries import EcrImage, sagemaker_account
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.images.docker_container import check_docker, docker_fault
from local_sagemaker.sagemaker.images.image import DockerImage, Image, ProcessingImage
from local_sagemaker.sagemaker.images.python_script import PythonScript, is_python_script
from local_sagemaker.sagemaker.images.script_image import ScriptImage
from local_sagemaker.sagemaker.images.script_mode import has_script

# As Docker's `reference` package has it: parts that begin and end with a letter or a digit.
_PART = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_HOST = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9.-]*[a-zA-Z0-9])(?::\d+)?"
_IMAGE = re.compile(
    rf"(?:{_HOST}/)?{_PART}(?:/{_PART})*(?::\w[\w.-]{{0,127}})?(?:@[A-Za-z0-9+._-]+:[0-9a-fA-F]{{32,}})?",
    re.ASCII,
)
_WITHOUT_DOCKER = (
    "use a built-in XGBoost or Linear Learner image, or a script in SageMaker's XGBoost or "
    "scikit-learn image"
)
_PROCESSING_NEEDS_DOCKER = (
    "is no image of SageMaker's XGBoost or scikit-learn that is given a Python script",
    "use one of these with ContainerEntrypoint ['python3', '/opt/ml/processing/.../script.py']",
)


def training_algorithm(definition: Document) -> Algorithm:
    """The algorithm of a training job or of a tuning job's definition.

    The metrics and tunable hyperparameters of a built-in image that is given a script (script mode)
    stay the built-in ones, as the service has it.

    Raises:
        ValidationException: no image, one that only Docker could run where there is none, one
            whose extra is not installed, or metric definitions that cannot be.
    """
    specification = definition["AlgorithmSpecification"]
    uri = _image_uri(specification, "TrainingImage")
    definitions: list[Document] = specification.get("MetricDefinitions", [])
    check_definitions(definitions)
    builtin = find_builtin(uri)
    if builtin is not None and not _has_training_script(definition):
        check_extras(builtin, definition)
        return builtin
    entrypoint: list[str] = specification.get("ContainerEntrypoint", [])
    image = _given_image(uri, entrypoint, specification.get("ContainerArguments", []))
    return replace(builtin, image=image) if builtin else OwnAlgorithm(image, definitions)


def serving_image(container: Document) -> Image:
    """The image of a model's container.

    Raises:
        ValidationException: no image, one that only Docker could run where there is none, or one
            whose extra is not installed.
    """
    uri = _image_uri(container, "Image")
    builtin = find_builtin(uri)
    if builtin is not None and not has_script(container.get("Environment", {}), {}):
        check_extras(builtin, container)
        return builtin.image
    return _given_image(uri)


def processing_image(specification: Document) -> ProcessingImage:
    """The image of a processing job's AppSpecification, with its program.

    Raises:
        ValidationException: no image, or one that only Docker could run where there is none.
    """
    uri = _image_uri(specification, "ImageUri")
    entrypoint: list[str] = specification.get("ContainerEntrypoint", [])
    arguments: list[str] = specification.get("ContainerArguments", [])
    if python_repository(uri) and entrypoint and is_python_script([*entrypoint, *arguments]):
        return PythonScript([*entrypoint, *arguments])
    check_docker(uri, *_PROCESSING_NEEDS_DOCKER)
    return DockerImage(uri, entrypoint, arguments)


def _given_image(
    uri: str, entrypoint: Sequence[str] = (), arguments: Sequence[str] = ()
) -> DockerImage | ScriptImage:
    """An image that Docker runs; without it, one in which Python runs scripts."""
    repository = python_repository(uri)
    if repository and not entrypoint and docker_fault():
        return ScriptImage(uri, repository)
    check_docker(uri, _why_docker(uri), _WITHOUT_DOCKER)
    return DockerImage(uri, entrypoint, arguments)


def _has_training_script(definition: Document) -> bool:
    hyperparameters: Document = {
        **definition.get("HyperParameters", {}),
        **definition.get("StaticHyperParameters", {}),
    }
    return bool(definition["AlgorithmSpecification"].get("ContainerEntrypoint")) or has_script(
        definition.get("Environment", {}), hyperparameters
    )


def _why_docker(uri: str) -> str:
    image = EcrImage.parse(uri)
    account = sagemaker_account(image.repository, image.region) if image else None
    if image and account not in (None, image.account):
        return (
            f"is no image of SageMaker's, which has {image.repository} of {image.region} in the "
            f"registry of account {account}"
        )
    return "is no image that runs here as a process, or has a ContainerEntrypoint"


def _image_uri(specification: Document, member: str) -> str:
    uri: str | None = specification.get(member)
    if uri and not _IMAGE.fullmatch(uri):
        raise ValidationException(
            f"{member} {uri[:200]!r} is no name of an image: write [registry/]name[:tag][@digest], "
            "in small letters but for the tag."
        )
    if not uri:
        raise ValidationException(
            f"Local AWS has no algorithm resources or marketplace packages: give {member} the URI "
            "of an image, for example "
            "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5."
        )
    if runs_in_aws_only(uri):
        raise ValidationException(
            f"'{uri}' runs in an AWS account only: of SageMaker's built-in algorithms local AWS "
            "has XGBoost and Linear Learner. Use one of these, or an image of your own with Docker."
        )
    return uri
