"""SageMaker Models: CreateModel, DescribeModel, ListModels, DeleteModel."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from botocore.exceptions import ClientError

from local_sagemaker.sagemaker.algorithms.algorithm_specification import serving_image
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.registry.model_packages import ModelPackages
from local_sagemaker.sagemaker.resources.kinds import MODEL
from local_sagemaker.sagemaker.resources.resource_table import ResourceTable
from local_sagemaker.sagemaker.resources.tags import Tags
from local_sagemaker.sagemaker.s3_location import S3Location
from local_sagemaker.sagemaker.service_model import output_members

_SUMMARY = ("ModelName", "ModelArn", "CreationTime")


@dataclass(frozen=True)
class Model:
    """A model; `description` is the answer of DescribeModel."""

    name: str
    arn: str
    description: Document
    container: Document
    """What runs: the container as given, or the one of the model package that it names."""


class Models:
    """The models of one account and region."""

    def __init__(self, region: Region, tags: Tags, packages: ModelPackages) -> None:
        self._region = region
        self._packages = packages
        self._table: ResourceTable[Model] = ResourceTable(region, tags, MODEL)

    def create(self, request: Document) -> Document:
        arn = self._table.arn(request["ModelName"])
        given = _only_container(request)
        container = self._container(given)
        serving_image(container)
        self._check_model_data(container)
        members = output_members("DescribeModel")
        description = {key: value for key, value in request.items() if key in members} | {
            "ModelArn": arn,
            "CreationTime": time.time(),
            "PrimaryContainer": {"Mode": "SingleModel", "Environment": {}} | given,
            "EnableNetworkIsolation": request.get("EnableNetworkIsolation", False),
        }
        description.pop("Containers", None)
        model = Model(request["ModelName"], arn, description, container)
        self._table.add(model, request.get("Tags"))
        return {"ModelArn": arn}

    def find(self, name: str) -> Model:
        return self._table.find(name)

    def describe(self, request: Document) -> Document:
        return self._table.asked(request).description

    def list_models(self, request: Document) -> Document:
        summaries = [
            {key: model.description[key] for key in _SUMMARY} for model in self._table.all()
        ]
        return self._table.page(request, summaries)

    def delete(self, request: Document) -> Document:
        self._table.remove(self._table.asked(request))
        return {}

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateModel": self.create,
            "DescribeModel": self.describe,
            "ListModels": self.list_models,
            "DeleteModel": self.delete,
        }

    def _container(self, given: Document) -> Document:
        """The container with image and model data, out of the model package if it names one."""
        if "ModelPackageName" not in given:
            return {"Environment": {}} | given
        for member in ("Image", "ModelDataUrl"):
            if member in given:
                raise ValidationException(
                    f"A container with a ModelPackageName takes its {member} from the package: "
                    "leave it out."
                )
        package = self._packages.find(given["ModelPackageName"])
        if package.versioned and package.approval_status != "Approved":
            raise ValidationException(
                f"ModelPackage {package.arn} is {package.approval_status}: a model can be made "
                "from an approved one only."
            )
        if len(package.containers) != 1:
            raise ValidationException(
                f"ModelPackage {package.arn} has {len(package.containers)} containers; local AWS "
                "runs a model of one."
            )
        (container,) = package.containers
        environment = container.get("Environment", {}) | given.get("Environment", {})
        return container | {"Environment": environment}

    def _check_model_data(self, container: Document) -> None:
        uri = container.get("ModelDataUrl")
        if uri is None:
            raise ValidationException(
                "The container needs a ModelDataUrl: s3://bucket/model.tar.gz."
            )
        location = S3Location.parse(uri)
        try:
            self._region.s3.head_object(Bucket=location.bucket, Key=location.key)
        except ClientError as fault:
            if fault.response["Error"]["Code"] not in ("404", "403", "NoSuchBucket"):
                raise
            raise ValidationException(f"Could not find model data at {uri}.") from fault


def _only_container(request: Document) -> Document:
    """The model's one container, given as PrimaryContainer or as a list of one."""
    containers = [*request.get("Containers", [])]
    if "PrimaryContainer" in request:
        containers.append(request["PrimaryContainer"])
    if len(containers) != 1:
        raise ValidationException(
            f"Give one container as PrimaryContainer; local AWS runs no inference pipelines "
            f"({len(containers)} containers were given)."
        )
    return dict(containers[0])
