"""Plans as PlanTuning makes them, from an input and data in memory."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.environment import PlanningEnvironment
from tuning.errors import InvalidInput
from tuning.names import Execution
from tuning.planning.plan import plan_run
from tuning.variables.plan import Plan

from tests.tuning.channel_store import ROWS, ChannelStore, store

ENVIRONMENT = PlanningEnvironment(
    name_prefix="retune",
    bucket="data-bucket",
    training_role_arn="arn:aws:iam::123456789012:role/retune-training",
    default_input={},
)
EXECUTION = Execution(
    id="arn:aws:states:eu-central-1:123456789012:execution:retune:monday",
    name="monday",
    start_time="2026-11-24T06:30:00.123Z",
)


def make_plan(
    document: dict[str, Any] | None = None,
    *,
    data: ChannelStore | None = None,
    environment: PlanningEnvironment = ENVIRONMENT,
    execution: Execution = EXECUTION,
) -> Plan:
    """Of an input whose channels are train and validation, unless `data` says otherwise."""
    account = data or store()
    return plan_run(document or {}, environment, execution, account, account)


def plan(
    document: dict[str, Any] | None = None,
    *,
    data: ChannelStore | None = None,
    environment: PlanningEnvironment = ENVIRONMENT,
    execution: Execution = EXECUTION,
) -> dict[str, Any]:
    """The plan as the state machine knows it."""
    return make_plan(
        document, data=data, environment=environment, execution=execution
    ).to_document()


def config(document: dict[str, Any]) -> dict[str, Any]:
    return dict(plan(document)["TuningJob"]["HyperParameterTuningJobConfig"])


def definition(document: dict[str, Any]) -> dict[str, Any]:
    return dict(plan(document)["TuningJob"]["TrainingJobDefinition"])


def refusal_of(document: dict[str, Any] | None = None, data: ChannelStore | None = None) -> str:
    """The message of the InvalidInput that planning raises."""
    with pytest.raises(InvalidInput) as error:
        make_plan(document, data=data)
    return str(error.value)


def evaluated_plan(
    document: dict[str, Any] | None = None, *, execution: Execution = EXECUTION, **changes: Any
) -> Plan:
    """Of a run that has a test channel; `changes` are fields of its evaluation."""
    made = make_plan(document, data=store(test=ROWS), execution=execution)
    assert made.evaluation is not None
    return made.model_copy(update={"evaluation": made.evaluation.model_copy(update=changes)})
