"""SageMaker Models: CreateModel, DescribeModel, ListModels, DeleteModel."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from local_sagemaker.sagemaker.algorithms.algorithm_specification import serving_image
from local_sagemaker.sagemaker.algorithms.image_rules import check_serving_image
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.hosting.container_rules import given_containers
from local_sagemaker.sagemaker.hosting.model_data import check_model_data
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.registry.model_packages import ModelPackages
from local_sagemaker.sagemaker.resources.kinds import MODEL
from local_sagemaker.sagemaker.resources.resource_table import ResourceTable
from local_sagemaker.sagemaker.resources.tags import Tags
from local_sagemaker.sagemaker.service_model import output_members
from local_sagemaker.sagemaker.state_changes import job_detail

_SUMMARY = ("ModelName", "ModelArn", "CreationTime")


@dataclass(frozen=True)
class Model:
    """A model; `description` is the answer of DescribeModel."""

    name: str
    arn: str
    description: Document
    containers: Sequence[Document]
    """What runs: each container as given, or the one of the model package that it names."""

    @property
    def role(self) -> str:
        """Its execution role; empty where it has none."""
        return str(self.description.get("ExecutionRoleArn", ""))


class Models:
    """The models of one account and region."""

    def __init__(self, region: Region, tags: Tags, packages: ModelPackages) -> None:
        self._region = region
        self._tags = tags
        self._packages = packages
        self._table: ResourceTable[Model] = ResourceTable(region, tags, MODEL)

    def create(self, request: Document) -> Document:
        arn = self._table.arn(request["ModelName"])
        given = given_containers(request)
        containers = [self._container(each) for each in given]
        s3 = self._region.in_role(request.get("ExecutionRoleArn", "")).s3
        for container in containers:
            check_serving_image(container, self._region.name)
            serving_image(container)
            check_model_data(s3, container)
        members = output_members("DescribeModel") - {"PrimaryContainer", "Containers"}
        description = {key: value for key, value in request.items() if key in members} | {
            "ModelArn": arn,
            "CreationTime": time.time(),
            "EnableNetworkIsolation": request.get("EnableNetworkIsolation", False),
            **_described(given),
        }
        model = Model(request["ModelName"], arn, description, containers)
        self._table.add(model, request.get("Tags"))
        self._emit(model)
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
        model = self._table.asked(request)
        self._emit(model)
        self._table.remove(model)
        return {}

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateModel": self.create,
            "DescribeModel": self.describe,
            "ListModels": self.list_models,
            "DeleteModel": self.delete,
        }

    def _emit(self, model: Model) -> None:
        """Tell EventBridge that a model is there, or goes."""
        detail = job_detail(model.description, self._tags.of(model.arn))
        self._region.emit(MODEL.event, [model.arn], detail)

    def _container(self, given: Document) -> Document:
        """The container with image and model data, out of the model package if it names one."""
        if "ModelPackageName" not in given:
            return {"Environment": {}} | given
        for member in ("Image", "ModelDataUrl", "ModelDataSource"):
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


def _described(given: Sequence[Document]) -> Document:
    """One container is the primary one; several are a pipeline."""
    shown = [{"Mode": "SingleModel", "Environment": {}} | each for each in given]
    if len(shown) == 1:
        return {"PrimaryContainer": shown[0]}
    return {"Containers": shown, "InferenceExecutionConfig": {"Mode": "Serial"}}
