"""StartExecution and StartSyncExecution."""

from __future__ import annotations

import uuid
from dataclasses import replace

from local_sagemaker.stepfunctions.api.configurations import log_group
from local_sagemaker.stepfunctions.api.execution_answers import synchronous
from local_sagemaker.stepfunctions.api.names import check_name
from local_sagemaker.stepfunctions.api.payloads import execution_input
from local_sagemaker.stepfunctions.api.region import METADATA_ONLY, Document, Operation, Region
from local_sagemaker.stepfunctions.api.started import Started, Target
from local_sagemaker.stepfunctions.api.targets import target
from local_sagemaker.stepfunctions.engine.environment import Environment, Log
from local_sagemaker.stepfunctions.engine.execution import Execution
from local_sagemaker.stepfunctions.engine.history import Event
from local_sagemaker.stepfunctions.engine.revision import Revision
from local_sagemaker.stepfunctions.errors import (
    ExecutionAlreadyExists,
    StateMachineDeleting,
    StateMachineTypeNotSupported,
)


class Starting:
    """Starts executions in this environment."""

    def __init__(self, region: Region, environment: Environment) -> None:
        self._region = region
        self._environment = environment

    def operations(self) -> dict[str, Operation]:
        return {
            "StartExecution": self._start,
            "StartSyncExecution": self._start_and_join,
        }

    def _start(self, request: Document) -> Document:
        execution = self._execution(request)
        return {
            "executionArn": execution.arn,
            "startDate": execution.start_date.timestamp(),
        }

    def _start_and_join(self, request: Document) -> Document:
        if not target(self._region, request["stateMachineArn"]).machine.is_express:
            raise StateMachineTypeNotSupported
        execution = self._execution(request)
        execution.join()
        return synchronous(execution, data=request.get("includedData") != METADATA_ONLY)

    def _execution(self, request: Document) -> Execution:
        """A new execution, or the one that runs under the name on the same input."""
        name, given = request.get("name") or str(uuid.uuid4()), request.get("input", "{}")
        check_name(name)
        value = execution_input(given)
        with self._region.lock:
            found = target(self._region, request["stateMachineArn"])
            if found.machine.is_deleting:
                raise StateMachineDeleting(found.machine.arn)
            execution = Execution(
                _revision(found),
                name,
                value,
                self.surroundings(found),
                text=given,
                trace_header=request.get("traceHeader"),
            )
            before = self._region.started.get(execution.arn)
            if before is not None and before.target.machine is found.machine:
                if before.execution.is_running and before.execution.input == given:
                    return before.execution
                raise ExecutionAlreadyExists(execution.arn)
            self._region.forget_express()
            self._region.started[execution.arn] = Started(execution, found, found.revision)
        execution.start()
        return execution

    def surroundings(self, found: Target) -> Environment:
        """The environment, with the state machine's log and the end that its deletion brings.

        Executions of a state machine that is deleted end when they come to another state.
        """
        log = self._log(found)

        def tell(execution: Execution, event: Event) -> None:
            log(execution, event)
            if found.machine.is_deleting and event["type"].endswith("StateEntered"):
                execution.stop()

        return replace(self._environment, log=tell)

    def _log(self, found: Target) -> Log:
        configuration = found.revision.logging
        group = log_group(configuration)
        if not group or configuration["level"] == "OFF":
            return self._environment.log
        return self._region.log_delivery.log_of(found.machine.name, group, configuration)


def _revision(found: Target) -> Revision:
    return Revision(
        arn=found.machine.arn,
        name=found.machine.name,
        chain=found.revision.chain,
        role_arn=found.revision.role_arn,
        type=found.machine.type,
        version_arn=found.version.arn if found.version else None,
        alias_arn=found.alias.arn if found.alias else None,
    )
