"""Everything that SageMaker holds for one account in one region, and its operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from local_sagemaker.protocol.json_service import given
from local_sagemaker.sagemaker.hosting.async_invocations import AsyncInvocations
from local_sagemaker.sagemaker.hosting.endpoint_configs import EndpointConfigs
from local_sagemaker.sagemaker.hosting.endpoints import Endpoints
from local_sagemaker.sagemaker.hosting.invocations import Invocations
from local_sagemaker.sagemaker.hosting.invoker import Invoker
from local_sagemaker.sagemaker.hosting.models import Models
from local_sagemaker.sagemaker.jobs.training_jobs import TrainingJobs
from local_sagemaker.sagemaker.pipelines.execution_answers import ExecutionAnswers
from local_sagemaker.sagemaker.pipelines.execution_table import ExecutionTable
from local_sagemaker.sagemaker.pipelines.executions import PipelineExecutions
from local_sagemaker.sagemaker.pipelines.pipelines import Pipelines
from local_sagemaker.sagemaker.processing.processing_jobs import ProcessingJobs
from local_sagemaker.sagemaker.quotas.service_quotas import ServiceQuotas
from local_sagemaker.sagemaker.record_search.record_search import RecordSearch
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.registry.model_packages import ModelPackages
from local_sagemaker.sagemaker.registry.package_groups import PackageGroups
from local_sagemaker.sagemaker.request_validation import validate_request
from local_sagemaker.sagemaker.resources.roles import check_roles
from local_sagemaker.sagemaker.resources.tags import Tags, check_tags
from local_sagemaker.sagemaker.transform.transform_jobs import TransformJobs
from local_sagemaker.sagemaker.tuning.tuning_jobs import SearchFactory, TuningJobs

Operation = Callable[[dict[str, Any]], dict[str, Any]]


class AccountRegion:
    """SageMaker of one account in one region: its operations by service and name."""

    def __init__(self, region: Region, create_search: SearchFactory) -> None:
        tags = Tags(region.name)
        region.tables.update(tags.tables)
        self.region, self.tags = region, tags
        package_groups = PackageGroups(region, tags)
        packages = ModelPackages(region, tags, package_groups)
        models = Models(region, tags, packages)
        configs = EndpointConfigs(region, tags, models)
        self._training_jobs = TrainingJobs(region, tags)
        tuning_jobs = TuningJobs(region, tags, self._training_jobs, create_search)
        self._endpoints = Endpoints(region, tags, models, configs)
        self._transform_jobs = TransformJobs(region, tags, models)
        self._processing_jobs = ProcessingJobs(region, tags)
        pipelines = Pipelines(region, tags)
        executions = ExecutionTable(region)
        execution_answers = ExecutionAnswers(pipelines, executions)
        self._executions = PipelineExecutions(
            region,
            pipelines,
            executions,
            lambda name, content: self.carry_out("sagemaker", name, content),
        )
        records = RecordSearch(
            tags,
            {
                "TrainingJob": self._training_jobs.descriptions,
                "HyperParameterTuningJob": tuning_jobs.descriptions,
                "Pipeline": pipelines.descriptions,
                "PipelineExecution": execution_answers.descriptions,
            },
        )
        invoker = Invoker(region)
        self.invocations = Invocations(region, self._endpoints, invoker)
        self.async_invocations = AsyncInvocations(region, self.invocations, invoker)
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
            **pipelines.operations(),
            **self._executions.operations(),
            **execution_answers.operations(),
            "Search": records.search,
            "AddTags": tags.add_tags,
            "ListTags": tags.list_tags,
            "DeleteTags": tags.delete_tags,
        }
        self.operations: dict[str, dict[str, Operation]] = {
            "sagemaker": sagemaker,
            "service-quotas": ServiceQuotas(region).operations(),
        }

    def carry_out(self, service: str, name: str, content: Any) -> dict[str, Any]:
        """The answer to a request, of a client or of a pipeline's step.

        Raises:
            ApiError: it breaks the API's description or a rule of the operation.
        """
        validate_request(name, content, service)
        members = given(content)
        check_tags(members.get("Tags", []))
        check_roles(self.region, members)
        return self.operations[service][name](members)

    def resume(self) -> dict[str, str]:
        """Let what was loaded into the region's tables go on; see Endpoints.resume."""
        return self._endpoints.resume()

    def close(self) -> None:
        """End every child process."""
        self._executions.close()
        self._training_jobs.close()
        self._endpoints.close()
        self._transform_jobs.close()
        self._processing_jobs.close()
