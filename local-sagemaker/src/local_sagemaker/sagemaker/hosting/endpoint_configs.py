"""Endpoint configs: CreateEndpointConfig, DescribeEndpointConfig, and so on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.hosting.models import Models
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.kinds import ENDPOINT_CONFIG
from local_sagemaker.sagemaker.resources.resource_table import ResourceTable
from local_sagemaker.sagemaker.resources.tags import Tags
from local_sagemaker.sagemaker.s3_location import S3Location
from local_sagemaker.sagemaker.service_model import output_members

_SUMMARY = ("EndpointConfigName", "EndpointConfigArn", "CreationTime")


@dataclass(frozen=True)
class EndpointConfig:
    """An endpoint config; `description` is the answer of DescribeEndpointConfig."""

    name: str
    arn: str
    description: Document

    @property
    def variants(self) -> list[Document]:
        return list(self.description["ProductionVariants"])

    @property
    def data_capture(self) -> Document | None:
        return self.description.get("DataCaptureConfig")


class EndpointConfigs:
    """The endpoint configs of one account and region."""

    def __init__(self, region: Region, tags: Tags, models: Models) -> None:
        self._models = models
        self._table: ResourceTable[EndpointConfig] = ResourceTable(region, tags, ENDPOINT_CONFIG)

    def create(self, request: Document) -> Document:
        name = request["EndpointConfigName"]
        arn = self._table.arn(name)
        for member in ("AsyncInferenceConfig", "ShadowProductionVariants", "ExplainerConfig"):
            if member in request:
                raise ValidationException(f"Local AWS has no {member}: leave it out.")
        variants = [self._variant(variant) for variant in request["ProductionVariants"]]
        names = [variant["VariantName"] for variant in variants]
        if len(set(names)) < len(names):
            raise ValidationException(f"VariantName must be unique; it is given as {names}.")
        _check_data_capture(request.get("DataCaptureConfig"), variants)
        members = output_members("DescribeEndpointConfig")
        description = {key: value for key, value in request.items() if key in members} | {
            "EndpointConfigArn": arn,
            "ProductionVariants": variants,
            "CreationTime": time.time(),
        }
        self._table.add(EndpointConfig(name, arn, description), request.get("Tags"))
        return {"EndpointConfigArn": arn}

    def find(self, name: str) -> EndpointConfig:
        return self._table.find(name)

    def describe(self, request: Document) -> Document:
        return self._table.asked(request).description

    def list_configs(self, request: Document) -> Document:
        summaries = [
            {key: config.description[key] for key in _SUMMARY} for config in self._table.all()
        ]
        return self._table.page(request, summaries)

    def delete(self, request: Document) -> Document:
        self._table.remove(self._table.asked(request))
        return {}

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateEndpointConfig": self.create,
            "DescribeEndpointConfig": self.describe,
            "ListEndpointConfigs": self.list_configs,
            "DeleteEndpointConfig": self.delete,
        }

    def _variant(self, variant: Document) -> Document:
        """The variant with the service's defaults, once it is known to be complete."""
        if "ModelName" not in variant:
            raise ValidationException(f"Variant '{variant['VariantName']}' needs a ModelName.")
        self._models.find(variant["ModelName"])
        if "ServerlessConfig" in variant:
            return {"InitialVariantWeight": 1.0} | variant
        missing = [m for m in ("InstanceType", "InitialInstanceCount") if m not in variant]
        if missing:
            raise ValidationException(
                f"Variant '{variant['VariantName']}' needs {' and '.join(missing)}, or a "
                "ServerlessConfig."
            )
        return {"InitialVariantWeight": 1.0} | variant


def _check_data_capture(config: Document | None, variants: list[Document]) -> None:
    if config is None:
        return
    S3Location.parse(config["DestinationS3Uri"])
    if any("ServerlessConfig" in variant for variant in variants):
        raise ValidationException(
            "DataCaptureConfig is not supported for serverless variants: leave it out."
        )
