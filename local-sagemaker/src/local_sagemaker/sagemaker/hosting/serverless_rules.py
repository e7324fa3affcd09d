"""What a serverless variant may have (developer guide, "Serverless Inference")."""

from __future__ import annotations

from collections.abc import Sequence

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.hosting.model_data import is_multi_model
from local_sagemaker.sagemaker.hosting.models import Model

_GIGABYTE, _MOST_GIGABYTES = 1024, 6
_OF_INSTANCES = ("InstanceType", "InitialInstanceCount", "AcceleratorType")


def check_serverless(variant: Document, model: Model) -> None:
    """Refuse a serverless variant by itself.

    Raises:
        ValidationException: members of instances, a memory or concurrency that there is not, or a
            model that is a pipeline, serves many models, is in a VPC or has no network.
    """
    name, config = f"Variant '{variant['VariantName']}'", variant["ServerlessConfig"]
    given = [member for member in _OF_INSTANCES if member in variant]
    if given:
        raise ValidationException(
            f"{name}: give either ServerlessConfig or {' and '.join(given)}, not both."
        )
    memory, concurrency = config["MemorySizeInMB"], config["MaxConcurrency"]
    if memory % _GIGABYTE or not 1 <= memory // _GIGABYTE <= _MOST_GIGABYTES:
        sizes = ", ".join(str(_GIGABYTE * count) for count in range(1, _MOST_GIGABYTES + 1))
        raise ValidationException(f"{name}: MemorySizeInMB {memory} is none of {sizes}.")
    provisioned = config.get("ProvisionedConcurrency", 0)
    if provisioned > concurrency:
        raise ValidationException(
            f"{name}: ProvisionedConcurrency {provisioned} must be less than or equal to "
            f"MaxConcurrency {concurrency}."
        )
    _check_model(name, model)


def check_alone(variants: Sequence[Document]) -> None:
    """Refuse other variants beside a serverless one. Raises ValidationException."""
    serverless = [each["VariantName"] for each in variants if "ServerlessConfig" in each]
    if serverless and len(variants) > 1:
        raise ValidationException(
            f"Variant '{serverless[0]}' is serverless: multiple production variants are not "
            "supported for serverless endpoints."
        )


def _check_model(name: str, model: Model) -> None:
    if len(model.containers) > 1 or any(map(is_multi_model, model.containers)):
        raise ValidationException(
            f"{name}: inference pipelines and multi-model containers are not supported for "
            "serverless variants."
        )
    if "VpcConfig" in model.description or model.description["EnableNetworkIsolation"]:
        raise ValidationException(
            f"{name}: VpcConfig and network isolation are not supported for serverless variants; "
            f"model {model.name} has one of them."
        )
