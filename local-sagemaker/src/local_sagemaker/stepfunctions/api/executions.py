"""DescribeExecution, ListExecutions, StopExecution, RedriveExecution and GetExecutionHistory."""

from __future__ import annotations

from local_sagemaker.stepfunctions.api.execution_answers import description, list_item
from local_sagemaker.stepfunctions.api.history import told
from local_sagemaker.stepfunctions.api.lookup import execution_of, map_run_of
from local_sagemaker.stepfunctions.api.paging import page
from local_sagemaker.stepfunctions.api.region import METADATA_ONLY, Document, Operation, Region
from local_sagemaker.stepfunctions.errors import (
    ExecutionNotRedrivable,
    StateMachineDoesNotExist,
    StateMachineTypeNotSupported,
    ValidationException,
)


class Executions:
    """Executions that were started, and those that are iterations of a distributed map."""

    def __init__(self, region: Region) -> None:
        self._region = region

    def operations(self) -> dict[str, Operation]:
        return {
            "DescribeExecution": self._describe,
            "ListExecutions": self._list,
            "StopExecution": self._stop,
            "RedriveExecution": self._redrive,
            "GetExecutionHistory": self._history,
        }

    def _describe(self, request: Document) -> Document:
        execution = execution_of(self._region, request["executionArn"])
        return description(execution, data=request.get("includedData") != METADATA_ONLY)

    def _list(self, request: Document) -> Document:
        """The newest first."""
        if ("stateMachineArn" in request) == ("mapRunArn" in request):
            raise ValidationException("Must provide either State Machine ARN or Map Run ARN")
        if "mapRunArn" in request:
            items = self._of_map_run(request)
        else:
            items = self._of_state_machine(request)
        status = request.get("statusFilter")
        kept = [item for item in reversed(items) if status in (None, item["status"])]
        return page(request, "executions", kept, key=lambda item: str(item["executionArn"]))

    def _of_state_machine(self, request: Document) -> list[Document]:
        """Of a version or an alias, those that were started by it."""
        if "redriveFilter" in request:
            raise ValidationException("redriveFilter is for the executions of a Map Run")
        machine, arn = self._region.state_machine(request["stateMachineArn"])
        if machine.is_express:
            raise StateMachineTypeNotSupported
        found = self._region.executions_of(machine)
        if arn.is_qualified:
            if arn.version not in machine.versions and arn.qualifier not in machine.aliases:
                raise StateMachineDoesNotExist(arn.text)
            found = [each for each in found if arn.text in each.target.arns]
        return [list_item(each.execution) for each in found]

    def _of_map_run(self, request: Document) -> list[Document]:
        """Those that have started."""
        run, wanted = map_run_of(self._region, request["mapRunArn"]), request.get("redriveFilter")
        return [
            list_item(each.execution) | {"mapRunArn": run.map_run_arn, "itemCount": each.items}
            for each in run.iterations
            if each.execution
            and wanted in (None, "REDRIVEN" if each.execution.redrive_count else "NOT_REDRIVEN")
        ]

    def _stop(self, request: Document) -> Document:
        """One that has ended stays as it is."""
        execution = execution_of(self._region, request["executionArn"])
        stop_date = execution.stop(request.get("error"), request.get("cause"))
        return {"stopDate": stop_date.timestamp()}

    def _redrive(self, request: Document) -> Document:
        execution = execution_of(self._region, request["executionArn"])
        with self._region.lock:
            _, reason = execution.redrive_status
            if reason is not None:
                raise ExecutionNotRedrivable(reason)
            return {"redriveDate": execution.redrive().timestamp()}

    def _history(self, request: Document) -> Document:
        execution = execution_of(self._region, request["executionArn"])
        events = execution.history.events
        if request.get("reverseOrder"):
            events.reverse()
        answer = page(request, "events", events, key=lambda event: str(event["id"]))
        data = request.get("includeExecutionData", True)
        return answer | {"events": [told(event, data=data) for event in answer["events"]]}
