"""The operations that describe and list executions, and what they consist of."""

from __future__ import annotations

from collections.abc import Callable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.execution_table import ARN, ExecutionTable
from local_sagemaker.sagemaker.pipelines.lists import ordered_page
from local_sagemaker.sagemaker.pipelines.pipelines import Pipelines
from local_sagemaker.sagemaker.resources.listing import page


class ExecutionAnswers:
    """Those of one account and region."""

    def __init__(self, pipelines: Pipelines, table: ExecutionTable) -> None:
        self._pipelines = pipelines
        self._table = table

    def describe(self, request: Document) -> Document:
        return self._table.asked(request).describe()

    def definition(self, request: Document) -> Document:
        execution = self._table.asked(request)
        pipeline = self._pipelines.find(execution.pipeline_name).describe()
        return {
            "PipelineDefinition": execution.text,
            "CreationTime": pipeline["CreationTime"],
        }

    def descriptions(self) -> list[Document]:
        """As Search has them."""
        return [each.describe() | {"PipelineParameters": each.asked} for each in self._table.all()]

    def list_executions(self, request: Document) -> Document:
        pipeline, _ = self._pipelines.version(request)
        summaries = [each.summary() for each in self._table.of(pipeline.name)]
        sort_by = ARN if request.get("SortBy") == ARN else ""
        member = "PipelineExecutionSummaries"
        return ordered_page(request, summaries, member, created="StartTime", sort_by=sort_by)

    def list_steps(self, request: Document) -> Document:
        """The latest one first, unless it is asked otherwise."""
        steps = self._table.asked(request).step_descriptions()
        if request.get("SortOrder", "Descending") == "Descending":
            steps.reverse()
        return page(request, steps, "PipelineExecutionSteps")

    def list_parameters(self, request: Document) -> Document:
        """Those that the start of the execution gave."""
        return page(request, self._table.asked(request).asked, "PipelineParameters")

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "DescribePipelineExecution": self.describe,
            "DescribePipelineDefinitionForExecution": self.definition,
            "ListPipelineExecutions": self.list_executions,
            "ListPipelineExecutionSteps": self.list_steps,
            "ListPipelineParametersForExecution": self.list_parameters,
        }
