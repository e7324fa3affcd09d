"""Endpoints: CreateEndpoint, UpdateEndpoint, DescribeEndpoint, ListEndpoints, DeleteEndpoint."""

from __future__ import annotations

import threading
from collections.abc import Callable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.hosting.alarms import check_alarms
from local_sagemaker.sagemaker.hosting.deployment import DeploymentPlan, plan_deployment
from local_sagemaker.sagemaker.hosting.endpoint import Endpoint
from local_sagemaker.sagemaker.hosting.endpoint_configs import EndpointConfigs
from local_sagemaker.sagemaker.hosting.fleet import Fleet
from local_sagemaker.sagemaker.hosting.models import Models
from local_sagemaker.sagemaker.quotas.quotas import Instances, check_quotas
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.kinds import ENDPOINT
from local_sagemaker.sagemaker.resources.resource_table import ResourceTable
from local_sagemaker.sagemaker.resources.roles import check_roles
from local_sagemaker.sagemaker.resources.tags import Tags

_SUMMARY = ("EndpointName", "EndpointArn", "CreationTime", "LastModifiedTime", "EndpointStatus")


class Endpoints:
    """The endpoints of one account and region."""

    def __init__(
        self, region: Region, tags: Tags, models: Models, configs: EndpointConfigs
    ) -> None:
        self._region = region
        self._models = models
        self._configs = configs
        self._table: ResourceTable[Endpoint] = ResourceTable(region, tags, ENDPOINT)

    def create(self, request: Document) -> Document:
        name = request["EndpointName"]
        fleet = self._fleet(name, request["EndpointConfigName"])
        plan = self._plan(request.get("DeploymentConfig"), fleet)
        self._check_quotas(fleet.quota_instances())
        endpoint = Endpoint(self._region, request, fleet, plan)
        self._table.add(endpoint, request.get("Tags"))
        endpoint.emit()
        _in_background(endpoint.deploy, endpoint)
        return {"EndpointArn": endpoint.arn}

    def update(self, request: Document) -> Document:
        endpoint = self._table.asked(request)
        self._check_served_config(endpoint)
        fleet = self._fleet(endpoint.name, request["EndpointConfigName"])
        _check_kind(endpoint, fleet)
        if request.get("RetainAllVariantProperties") and endpoint.serving is not None:
            excluded = request.get("ExcludeRetainedVariantProperties", [])
            fleet.retain(endpoint.serving, [each["VariantPropertyType"] for each in excluded])
        deployment = request.get("DeploymentConfig")
        if request.get("RetainDeploymentConfig"):
            deployment = endpoint.describe().get("LastDeploymentConfig")
        plan = self._plan(deployment, fleet)
        self._check_quotas(fleet.quota_instances())
        endpoint.begin_update(fleet, plan, deployment)
        _in_background(endpoint.deploy, endpoint)
        return {"EndpointArn": endpoint.arn}

    def update_weights_and_capacities(self, request: Document) -> Document:
        endpoint, wanted = self._table.asked(request), request["DesiredWeightsAndCapacities"]
        self._check_served_config(endpoint)
        if endpoint.serving is not None:
            self._check_quotas(endpoint.serving.growth(wanted))
        endpoint.resize(wanted)
        return {"EndpointArn": endpoint.arn}

    def find(self, name: str) -> Endpoint:
        return self._table.find(name)

    def get(self, name: str) -> Endpoint | None:
        return self._table.get(name)

    def describe(self, request: Document) -> Document:
        return self._table.asked(request).describe()

    def list_endpoints(self, request: Document) -> Document:
        described = [endpoint.describe() for endpoint in self._table.all()]
        summaries = [{key: endpoint[key] for key in _SUMMARY} for endpoint in described]
        return self._table.page(request, summaries)

    def delete(self, request: Document) -> Document:
        endpoint = self._table.asked(request)
        endpoint.delete()
        self._table.remove(endpoint)
        return {}

    def resume(self) -> dict[str, str]:
        """Let every endpoint that was loaded serve again; gives the reasons of those that fail."""
        loaded = self._table.all()
        for endpoint in loaded:
            endpoint.resume()
        failed = [each.describe() for each in loaded if each.status == "Failed"]
        return {each["EndpointName"]: each.get("FailureReason", "") for each in failed}

    def close(self) -> None:
        for endpoint in self._table.all():
            endpoint.abandon()

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateEndpoint": self.create,
            "UpdateEndpoint": self.update,
            "UpdateEndpointWeightsAndCapacities": self.update_weights_and_capacities,
            "DescribeEndpoint": self.describe,
            "ListEndpoints": self.list_endpoints,
            "DeleteEndpoint": self.delete,
        }

    def _fleet(self, endpoint: str, config_name: str) -> Fleet:
        config = self._configs.find(config_name)
        variants = (*config.variants, *config.shadow_variants)
        names = {variant["ModelName"] for variant in variants}
        models = {name: self._models.find(name) for name in names}
        for model in models.values():
            check_roles(self._region, model.description)
        return Fleet(self._region, endpoint, config, models)

    def _check_served_config(self, endpoint: Endpoint) -> None:
        """Refuse to change an endpoint whose config is deleted: SageMaker reads it anew.

        Raises:
            ValidationException: names the config (hashicorp/terraform-provider-aws#40048).
        """
        if endpoint.serving is not None:
            self._configs.find(endpoint.serving.config.name)

    def _check_quotas(self, asked: list[Instances]) -> None:
        used = (each for endpoint in self._table.all() for each in endpoint.quota_instances)
        check_quotas(self._region.settings.quotas, used, asked)

    def _plan(self, deployment: Document | None, fleet: Fleet) -> DeploymentPlan:
        plan = plan_deployment(deployment, instances=fleet.instances, serverless=fleet.serverless)
        check_alarms(self._region, plan.alarms)
        return plan


def _check_kind(endpoint: Endpoint, fleet: Fleet) -> None:
    if fleet.serverless and endpoint.serving is not None and not endpoint.serving.serverless:
        raise ValidationException(
            f"Endpoint {endpoint.name} has instances: it cannot be updated to a serverless one."
        )


def _in_background(work: Callable[[], None], endpoint: Endpoint) -> None:
    threading.Thread(target=work, name=f"deploy {endpoint.name}", daemon=True).start()
