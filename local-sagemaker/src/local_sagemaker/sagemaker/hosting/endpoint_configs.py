"""Endpoint configs: CreateEndpointConfig, DescribeEndpointConfig, and so on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.hosting.config_rules import check_config
from local_sagemaker.sagemaker.hosting.models import Models
from local_sagemaker.sagemaker.hosting.serverless_rules import check_serverless
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.kinds import ENDPOINT_CONFIG
from local_sagemaker.sagemaker.resources.resource_table import ResourceTable
from local_sagemaker.sagemaker.resources.tags import Tags
from local_sagemaker.sagemaker.service_model import output_members
from local_sagemaker.sagemaker.state_changes import job_detail

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
    def shadow_variants(self) -> list[Document]:
        """Those whose answers nobody gets."""
        return list(self.description.get("ShadowProductionVariants", []))

    @property
    def asynchronous(self) -> Document | None:
        return self.description.get("AsyncInferenceConfig")

    @property
    def data_capture(self) -> Document | None:
        return self.description.get("DataCaptureConfig")


class EndpointConfigs:
    """The endpoint configs of one account and region."""

    def __init__(self, region: Region, tags: Tags, models: Models) -> None:
        self._region = region
        self._tags = tags
        self._models = models
        self._table: ResourceTable[EndpointConfig] = ResourceTable(region, tags, ENDPOINT_CONFIG)

    def create(self, request: Document) -> Document:
        name = request["EndpointConfigName"]
        arn = self._table.arn(name)
        variants = [self._variant(variant) for variant in request["ProductionVariants"]]
        shadows = [self._variant(each) for each in request.get("ShadowProductionVariants", [])]
        check_config(request, variants, shadows)
        members = output_members("DescribeEndpointConfig")
        description = {key: value for key, value in request.items() if key in members} | {
            "EndpointConfigArn": arn,
            "ProductionVariants": variants,
            "CreationTime": time.time(),
        }
        if shadows:
            description["ShadowProductionVariants"] = shadows
        config = EndpointConfig(name, arn, description)
        self._table.add(config, request.get("Tags"))
        self._emit(config)
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
        config = self._table.asked(request)
        self._emit(config)
        self._table.remove(config)
        return {}

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateEndpointConfig": self.create,
            "DescribeEndpointConfig": self.describe,
            "ListEndpointConfigs": self.list_configs,
            "DeleteEndpointConfig": self.delete,
        }

    def _emit(self, config: EndpointConfig) -> None:
        """Tell EventBridge that a config is there, or goes."""
        detail = job_detail(config.description, self._tags.of(config.arn))
        self._region.emit(ENDPOINT_CONFIG.event, [config.arn], detail)

    def _variant(self, variant: Document) -> Document:
        """The variant with the service's defaults, once it is known to be complete."""
        if "ModelName" not in variant:
            raise ValidationException(f"Variant '{variant['VariantName']}' needs a ModelName.")
        model = self._models.find(variant["ModelName"])
        if "ServerlessConfig" in variant:
            check_serverless(variant, model)
            return {"InitialVariantWeight": 1.0} | variant
        missing = [m for m in ("InstanceType", "InitialInstanceCount") if m not in variant]
        if missing:
            raise ValidationException(
                f"Variant '{variant['VariantName']}' needs {' and '.join(missing)}, or a "
                "ServerlessConfig."
            )
        return {"InitialVariantWeight": 1.0} | variant
