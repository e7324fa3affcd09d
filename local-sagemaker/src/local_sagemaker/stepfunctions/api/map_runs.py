"""ListMapRuns, DescribeMapRun and UpdateMapRun."""

from __future__ import annotations

from local_sagemaker.stepfunctions.api.lookup import execution_of, map_run_of
from local_sagemaker.stepfunctions.api.paging import page
from local_sagemaker.stepfunctions.api.region import Document, Operation, Region
from local_sagemaker.stepfunctions.errors import ValidationException


class MapRuns:
    """The Map Runs of executions and of their iterations."""

    def __init__(self, region: Region) -> None:
        self._region = region

    def operations(self) -> dict[str, Operation]:
        return {
            "ListMapRuns": self._list,
            "DescribeMapRun": self._describe,
            "UpdateMapRun": self._update,
        }

    def _list(self, request: Document) -> Document:
        """The newest first."""
        execution = execution_of(self._region, request["executionArn"])
        items = [run.list_item() for run in reversed(execution.map_runs)]
        return page(request, "mapRuns", items, key=lambda item: str(item["mapRunArn"]))

    def _describe(self, request: Document) -> Document:
        return map_run_of(self._region, request["mapRunArn"]).describe()

    def _update(self, request: Document) -> Document:
        run = map_run_of(self._region, request["mapRunArn"])
        if run.stop_date is not None:
            raise ValidationException("Map Run is not in RUNNING state")
        run.update(
            max_concurrency=request.get("maxConcurrency"),
            tolerated_failure_count=request.get("toleratedFailureCount"),
            tolerated_failure_percentage=request.get("toleratedFailurePercentage"),
        )
        return {}
