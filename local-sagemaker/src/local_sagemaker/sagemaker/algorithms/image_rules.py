"""Which images SageMaker takes: those of its region, and of its own ones those that there are.

The words are what each operation has been seen to answer: aws-samples/mlops-amazon-sagemaker#9,
ed-donner/alex#30, aws/amazon-sagemaker-examples #2422 and #2450, aws/sagemaker-python-sdk #2063 and
#4700.
"""

from __future__ import annotations

from local_sagemaker.sagemaker.algorithms.registries import EcrImage, dns_suffix
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException

_PULL = "ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer"


def check_training_image(definition: Document, region: str) -> None:
    """Of a training job, or of a tuning job's definition.

    Raises:
        ValidationException: an image outside ECR, of another region, or that does not exist.
    """
    specification = definition["AlgorithmSpecification"]
    uri = specification.get("TrainingImage")
    if uri is None:
        return
    image = EcrImage.parse(uri)
    if image is None:
        if _is_in_vpc(specification.get("TrainingImageConfig"), "TrainingRepositoryAccessMode"):
            return
        raise ValidationException(
            "Invalid training image. Please provide a valid Amazon Elastic Container Registry path "
            f"of the Docker image to run. It is {uri!r}."
        )
    if _is_elsewhere(image, region):
        raise ValidationException(
            f"Invalid DNS suffix '{image.dns_suffix}' for region '{image.region}' in training "
            "image. Please provide the valid <region>.<dns-suffix>: "
            f"'{region}.{dns_suffix(region)}'"
        )
    if _is_missing(image):
        raise ValidationException(
            f"Cannot find the requested image: {uri} with tag: {image.tag} and digest: null. "
            f"Please check if your ECR image exists and role {definition['RoleArn']} has proper "
            f"pull permissions for SageMaker: {_PULL}"
        )


def check_serving_image(container: Document, region: str) -> None:
    """Of a model's container.

    Raises:
        ValidationException: an image outside ECR, of another region, or that does not exist.
    """
    uri = container.get("Image")
    if uri is None:
        return
    image = EcrImage.parse(uri)
    if image is None:
        if _is_in_vpc(container.get("ImageConfig"), "RepositoryAccessMode"):
            return
        raise ValidationException(
            f'Using non-ECR image "{uri}" without Vpc repository access mode is not supported.'
        )
    if _is_elsewhere(image, region):
        raise ValidationException(
            f'Region of "{uri}" does not match expected region of {region}. Cross region ECR image '
            "pulls are not allowed."
        )
    if _is_missing(image):
        raise ValidationException(f"Requested image {uri} not found.")


def check_processing_image(uri: str, region: str) -> None:
    """Of a processing job.

    Raises:
        ValidationException: an image outside ECR, of another region, or that does not exist.
    """
    image = EcrImage.parse(uri)
    if image is None:
        raise ValidationException(
            f"Invalid image URI {uri}. Please provide a valid Amazon Elastic Container Registry "
            "path of the Docker image to run."
        )
    if _is_elsewhere(image, region):
        raise ValidationException(
            f"Invalid region {image.region} in image URI {uri}. Please provide an image URI in "
            f"region {region}."
        )
    if _is_missing(image):
        raise ValidationException(f"Requested image {uri} not found.")


def _is_in_vpc(config: Document | None, member: str) -> bool:
    return config is not None and config.get(member) == "Vpc"


def _is_elsewhere(image: EcrImage, region: str) -> bool:
    return (image.region, image.dns_suffix) != (region, dns_suffix(region))


def _is_missing(image: EcrImage) -> bool:
    return image.is_of_sagemaker and not image.has_known_tag
