"""What PlanTuning would say to an execution input or to a model's file, without an execution."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from tuning.aws import hosting, models, objects, price_list_api, quotas, served, tuning_jobs
from tuning.aws.over_what_serves import over_what_serves
from tuning.checks.check_input import check_input
from tuning.checks.cost_bound import cost_bound
from tuning.checks.warnings import input_warnings, unproven_warnings
from tuning.environment import PlanningEnvironment
from tuning.errors import Fault, InvalidInput, MissingData
from tuning.execution_input.channel import TEST, uris
from tuning.execution_input.pasted_request import left_out_of
from tuning.names import Execution, execution_id
from tuning.planning import imported_model, rollback
from tuning.planning.deployed_model import environment_of, environment_of_model
from tuning.planning.plan import plan_run
from tuning.variables.cost_bound import CostBound

from configuration.document import Document
from configuration.faults import ConfigurationError
from configuration.models import read_model
from configuration.settings import Settings
from retune.aws import Aws
from retune.aws_faults import explain
from retune.errors import UnavailableError
from retune.execution_input.arrivals_check import untold_arrivals
from retune.stack import Stack, find_stack

DEFAULT_PREFIX = "retune"
_NOT_PREPARED = (
    "What Prepare makes of the table is not known before its job: `retune prepare` with the same "
    "options tells."
)


@dataclass(frozen=True)
class Findings:
    """Lines for a person; an input with faults would be refused."""

    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    cost_bound: CostBound | None = None  # of an input without faults
    is_whole: bool = True  # False when the document alone was checked, without what is deployed

    def to_document(self) -> dict[str, Any]:
        return {
            "Faults": self.faults,
            "Warnings": self.warnings,
            "NotChecked": self.not_checked,
            "CostBound": self.cost_bound.to_document() if self.cost_bound else {},
        }


def is_model(source: Document) -> bool:
    """Whether it is the file of a model: by its name, or because it says what starts it."""
    starts = ("Schedule", "Arrivals")
    is_named_so = source.file.endswith((".yaml", ".yml"))
    return is_named_so or any(field in source.value for field in starts)


def check(aws: Aws, stack_name: str, source: Document) -> Findings:
    """Everything that can be checked where the environment points; starts nothing."""
    tell = source.fault if is_model(source) else str
    try:
        environment, execution = _planning(aws, find_stack(aws, stack_name))
    except UnavailableError as fault:
        return _check_alone(source, tell, str(fault))
    except (BotoCoreError, ClientError) as fault:
        return _check_alone(source, tell, str(explain(fault)))
    try:
        document = _document(source, environment.name_prefix)
        environment = (
            environment_of_model(document, environment)
            if is_model(source)
            else environment_of(document, environment, models)
        )
        if imported_model.is_asked(document):
            plan = imported_model.plan_import(
                document, environment, execution, objects, price_list_api.hour
            )
        elif rollback.is_asked(document):
            plan = rollback.plan_rollback(
                document, environment, execution, objects, served, price_list_api.hour
            )
        else:
            plan = plan_run(
                document, environment, execution, objects, tuning_jobs, price_list_api.hour
            )
            plan = quotas.within_quotas(plan)
        endpoint = hosting.describe_endpoint(plan.endpoint.endpoint_name, plan.secrets)
        if endpoint:
            plan = over_what_serves(plan, endpoint, environment)
    except ConfigurationError as refused:
        return Findings(faults=str(refused).splitlines())
    except InvalidInput as refused:
        return Findings(faults=_lines(refused, tell))
    except MissingData as refused:
        return Findings(faults=str(refused).splitlines())
    # A model's document has been read before it was planned.
    left_out = left_out_of(source.value) if is_model(source) else ()
    warnings = [
        *map(str, left_out),
        *plan.warnings,
        *untold_arrivals(aws, document, source, environment),
    ]
    not_checked = [_NOT_PREPARED] if plan.preparation else []
    return Findings(warnings=warnings, not_checked=not_checked, cost_bound=plan.cost_bound)


def _check_alone(source: Document, tell: Callable[[Fault], object], reason: str) -> Findings:
    """What the document alone tells; `reason` says why no more can be known."""
    unknown = (
        "the data, the parents of a warm start, the deployed defaults, the name prefix and what it "
        "costs"
    )
    not_checked = [f"Only the document was checked, not {unknown}: {reason}"]
    try:
        document = _document(source, DEFAULT_PREFIX)
        defaults = document if is_model(source) else {}
        run = check_input(document, name_prefix=DEFAULT_PREFIX, defaults=defaults)
    except ConfigurationError as refused:
        return Findings(faults=str(refused).splitlines(), not_checked=not_checked, is_whole=False)
    except InvalidInput as refused:
        return Findings(faults=_lines(refused, tell), not_checked=not_checked, is_whole=False)
    warnings = [*left_out_of(source.value), *input_warnings(run)]
    if run.channels:  # without them, data/test/ of the data bucket tells
        warnings += unproven_warnings(run, uris(run.channels).get(TEST))
    return Findings(
        warnings=[str(warning) for warning in warnings],
        not_checked=not_checked,
        cost_bound=cost_bound(run, region=None),
        is_whole=False,
    )


def _document(source: Document, prefix: str) -> Any:
    """The execution input; of a model what its schedule will hold, once that can be.

    A model that comes through a pipe has no file whose name would be its own.
    """
    if not is_model(source):
        return source.value
    if not Path(source.file).suffix:
        source = Document(source.file, {"ModelName": "model", **source.value}, source.lines)
    return read_model(source, Settings.parse({"name_prefix": prefix})).document


def _lines(refused: InvalidInput, tell: Callable[[Fault], object]) -> list[str]:
    """A line for each fault; of a model with the place in its file."""
    return str(refused).splitlines() if tell is str else [str(tell(f)) for f in refused.faults]


def _planning(aws: Aws, stack: Stack) -> tuple[PlanningEnvironment, Execution]:
    """What PlanTuning would know: its variables, what the state machine hands to it of the
    settings, and an execution in its region."""
    function = aws.client("lambda").get_function_configuration(
        FunctionName=f"{stack.name_prefix}-PlanTuning"
    )
    arn = execution_id(stack.state_machine_arn, "check")
    execution = Execution(arn, "check", datetime.now(UTC).isoformat())
    variables = function["Environment"]["Variables"]
    return PlanningEnvironment.of(variables, _settings(aws, stack)), execution


def _settings(aws: Aws, stack: Stack) -> str:
    """As they stand in the definition, in the payload of the state PlanTuning."""
    machine = aws.client("stepfunctions").describe_state_machine(
        stateMachineArn=stack.state_machine_arn
    )
    (branch,) = json.loads(machine["definition"])["States"]["Retune"]["Branches"]
    return str(branch["States"]["PlanTuning"]["Arguments"]["Payload"]["Settings"])
