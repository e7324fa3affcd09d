"""The iterations of a Map Run as executions: of a machine `<machine>/<label>`, by a name each."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from moto.stepfunctions.models import StateMachineInstance
from moto.stepfunctions.parser.api import StateMachineType
from moto.stepfunctions.parser.backend.execution import Execution

from local_sagemaker.services.stepfunctions.map_runs.definition import (
    child_definition,
    processor_of,
)


def child_machine(env: Any, state: dict[str, Any], arn: str) -> StateMachineInstance:
    """The machine of the iterations; it is not listed and nobody else can start it."""
    machine = StateMachineInstance(
        arn=arn,
        name=arn.rsplit(":", 1)[1],
        definition=json.dumps(child_definition(state)),
        roleArn=env.aws_execution_details.role_arn,
    )
    kind = processor_of(state)["ProcessorConfig"].get("ExecutionType", "STANDARD")
    machine.sm_type = StateMachineType(kind)
    return machine


def start_child(env: Any, machine: StateMachineInstance, given: Any) -> Execution:
    """Start an iteration with this input."""
    name = str(uuid.uuid4())
    details = env.aws_execution_details
    execution = Execution(
        name=name,
        sm_type=machine.sm_type,
        role_arn=details.role_arn,
        exec_arn=f"{machine.arn.replace(':stateMachine:', ':execution:')}:{name}",
        account_id=details.account,
        region_name=details.region,
        state_machine=machine,
        start_date=datetime.now(UTC),
        cloud_watch_logging_session=None,
        activity_store={},
        input_data=json.dumps(given, ensure_ascii=False, separators=(",", ":")),
    )
    execution.start()
    return execution
