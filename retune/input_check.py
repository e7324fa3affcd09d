"""What PlanTuning would say to an execution input, without an execution."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from tuning.aws import objects, tuning_jobs
from tuning.checks.check_input import check_input
from tuning.checks.cost_bound import cost_bound
from tuning.checks.evaluation import TEST
from tuning.checks.warnings import input_warnings, unproven_warnings
from tuning.environment import PlanningEnvironment
from tuning.errors import InvalidInput, MissingData
from tuning.execution_input.channel import uris
from tuning.names import Execution, execution_id
from tuning.planning.plan import plan_run
from tuning.variables.cost_bound import CostBound

from retune.aws import Aws
from retune.aws_faults import explain
from retune.errors import UnavailableError
from retune.stack import Stack, find_stack

DEFAULT_PREFIX = "retune"


@dataclass(frozen=True)
class Findings:
    """Lines for a person; an input with faults would be refused."""

    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    cost_bound: CostBound | None = None  # of an input without faults

    def to_document(self) -> dict[str, Any]:
        return {
            "Faults": self.faults,
            "Warnings": self.warnings,
            "NotChecked": self.not_checked,
            "CostBound": self.cost_bound.to_document() if self.cost_bound else {},
        }


def check(aws: Aws, stack_name: str, document: dict[str, Any]) -> Findings:
    """Everything that can be checked where the environment points; starts nothing."""
    try:
        environment, execution = _planning(aws, find_stack(aws, stack_name))
    except UnavailableError as fault:
        return check_document(document, str(fault))
    except (BotoCoreError, ClientError) as fault:
        return check_document(document, str(explain(fault)))
    try:
        plan = plan_run(document, environment, execution, objects, tuning_jobs)
    except (InvalidInput, MissingData) as refused:
        return Findings(faults=str(refused).splitlines())
    return Findings(warnings=list(plan.warnings), cost_bound=plan.cost_bound)


def check_document(document: dict[str, Any], reason: str) -> Findings:
    """What the document alone tells; `reason` says why no more can be known."""
    unknown = (
        "the data, the parents of a warm start, the deployed defaults, the name prefix and what it "
        "costs"
    )
    not_checked = [f"Only the document was checked, not {unknown}: {reason}"]
    try:
        run = check_input(document, name_prefix=DEFAULT_PREFIX)
    except InvalidInput as refused:
        return Findings(faults=str(refused).splitlines(), not_checked=not_checked)
    warnings = input_warnings(run)
    if run.channels:  # without them, data/test/ of the data bucket tells
        warnings += unproven_warnings(run, uris(run.channels).get(TEST))
    return Findings(
        warnings=[str(warning) for warning in warnings],
        not_checked=not_checked,
        cost_bound=cost_bound(run, region=None),
    )


def _planning(aws: Aws, stack: Stack) -> tuple[PlanningEnvironment, Execution]:
    """What PlanTuning would know: its own environment variables, and an execution in its region."""
    function = aws.client("lambda").get_function_configuration(
        FunctionName=f"{stack.name_prefix}-PlanTuning"
    )
    arn = execution_id(stack.state_machine_arn, "check")
    execution = Execution(arn, "check", datetime.now(UTC).isoformat())
    return PlanningEnvironment.parse(function["Environment"]["Variables"]), execution
