"""Everything that SageMaker holds for one account in one region, and its operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from local_sagemaker.sagemaker.hosting.endpoint_configs import EndpointConfigs
from local_sagemaker.sagemaker.hosting.endpoints import Endpoints
from local_sagemaker.sagemaker.hosting.invocations import Invocations
from local_sagemaker.sagemaker.hosting.models import Models
from local_sagemaker.sagemaker.jobs.training_jobs import TrainingJobs
from local_sagemaker.sagemaker.processing.processing_jobs import ProcessingJobs
from local_sagemaker.sagemaker.quotas.service_quotas import ServiceQuotas
from local_sagemaker.sagemaker.record_search.record_search import RecordSearch
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.registry.model_packages import ModelPackages
from local_sagemaker.sagemaker.registry.package_groups import PackageGroups
from local_sagemaker.sagemaker.resources.tags import Tags
from local_sagemaker.sagemaker.transform.transform_jobs import TransformJobs
from local_sagemaker.sagemaker.tuning.tuning_jobs import SearchFactory, TuningJobs

Operation = Callable[[dict[str, Any]], dict[str, Any]]


class AccountRegion:
    """SageMaker of one account in one region: its operations by service and name."""

    def __init__(self, region: Region, create_search: SearchFactory) -> None:
        tags = Tags()
        package_groups = PackageGroups(region, tags)
        packages = ModelPackages(region, tags, package_groups)
        models = Models(region, tags, packages)
        configs = EndpointConfigs(region, tags, models)
        self._training_jobs = TrainingJobs(region, tags)
        tuning_jobs = TuningJobs(region, tags, self._training_jobs, create_search)
        self._endpoints = Endpoints(region, tags, models, configs)
        self._transform_jobs = TransformJobs(region, tags, models)
        self._processing_jobs = ProcessingJobs(region, tags)
        records = RecordSearch(
            tags,
            {
                "TrainingJob": self._training_jobs.descriptions,
                "HyperParameterTuningJob": tuning_jobs.descriptions,
            },
        )
        self.invocations = Invocations(region, self._endpoints)
        sagemaker: dict[str, Operation] = {
            **self._training_jobs.operations(),
            **tuning_jobs.operations(),
            **package_groups.operations(),
            **packages.operations(),
            **models.operations(),
            **configs.operations(),
            **self._endpoints.operations(),
            **self._transform_jobs.operations(),
            **self._processing_jobs.operations(),
            "Search": records.search,
            "AddTags": tags.add_tags,
            "ListTags": tags.list_tags,
            "DeleteTags": tags.delete_tags,
        }
        self.operations: dict[str, dict[str, Operation]] = {
            "sagemaker": sagemaker,
            "service-quotas": ServiceQuotas(region).operations(),
        }

    def close(self) -> None:
        """End every child process."""
        self._training_jobs.close()
        self._endpoints.close()
        self._transform_jobs.close()
        self._processing_jobs.close()
