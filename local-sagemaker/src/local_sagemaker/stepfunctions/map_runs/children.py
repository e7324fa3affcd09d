"""The iterations of a Map Run as executions: of a machine `<machine>/<label>`, by a name each."""

from __future__ import annotations

import uuid
from typing import Any

from local_sagemaker.stepfunctions.engine import map_fields
from local_sagemaker.stepfunctions.engine.execution import Execution
from local_sagemaker.stepfunctions.engine.revision import Revision
from local_sagemaker.stepfunctions.engine.visit import Visit


def child_revision(visit: Visit, arn: str) -> Revision:
    """The machine of the iterations; it is not listed and nobody else can start it."""
    config = map_fields.processor(visit)["ProcessorConfig"]
    return Revision(
        arn=arn,
        name=arn.rsplit(":", 1)[1],
        chain=map_fields.chain(visit),
        role_arn=visit.branch.execution.revision.role_arn,
        type=config["ExecutionType"],
    )


def start_child(visit: Visit, revision: Revision, given: Any, map_run_arn: str) -> Execution:
    """Start an iteration with this input. An express one, too, is described by its ARN."""
    name = str(uuid.uuid4())
    execution = Execution(
        revision,
        name,
        given,
        visit.branch.execution.environment,
        arn=f"{revision.arn.replace(':stateMachine:', ':execution:')}:{name}",
        map_run_arn=map_run_arn,
    )
    execution.start()
    return execution
