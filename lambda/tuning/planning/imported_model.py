"""The plan of a run that deploys a model of another account, instead of tuning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tuning.data.s3_location import S3Location
from tuning.environment import PlanningEnvironment
from tuning.errors import Fault, InvalidInput
from tuning.execution_input.execution_input import ExecutionInput
from tuning.names import Execution
from tuning.planning.brought_package import FIELD, FileReader, read_package
from tuning.planning.earlier_winner import images_of, without_version
from tuning.planning.model_here import description_here, interface_here, model_here, tagged
from tuning.planning.plan import checked
from tuning.planning.planner import Planner
from tuning.planning.warm_start import WarmStart
from tuning.prices.price_list import Ask, nobody
from tuning.variables.imported_model import ROWS, CarriedModel
from tuning.variables.last_run import Fingerprint
from tuning.variables.plan import Plan


def is_asked(document: Any) -> bool:
    """Whether an execution's input asks for an import, rightly or not; no model's file can."""
    return isinstance(document, Mapping) and document.get("Import") is not None


def plan_import(
    document: Mapping[str, Any],
    environment: PlanningEnvironment,
    execution: Execution,
    files: FileReader,
    ask: Ask = nobody,
) -> Plan:
    """The plan of an input with Import. Of the data nothing is looked at: the model brings rows.

    Raises:
        InvalidInput: with every fault of the document, or why that model cannot be deployed.
    """
    run = checked(document, environment, execution, ask)
    assert run.imported is not None, "the input asks for it"
    folder = S3Location.of(run.imported.s3_uri)
    carried = read_package(folder, environment.bucket, files)
    planner = Planner(run, environment, execution, ask=ask)
    rows = S3Location(folder.bucket, folder.key + ROWS)
    plan = planner.plan(rows, WarmStart(), [], Fingerprint(settings=""), carried.interface)
    faults = [Fault(FIELD, str(folder), *each) for each in _misfits(plan, carried)]
    faults += _beside(run)
    if faults:
        raise InvalidInput(faults)
    name = execution.imported_model_name(environment.name_prefix)
    return _with_model(plan, carried, name, folder)


def _with_model(plan: Plan, carried: CarriedModel, name: str, folder: S3Location) -> Plan:
    described = description_here(plan, carried, folder)
    changes = {
        "imported": model_here(carried, name, plan.tuning_job, folder),
        "interface": interface_here(carried, folder),
        "table_description": described,
        "endpoint": tagged(plan.endpoint, described),
        "retrain": None,  # the model's file may ask for it
        "preparation": None,
        "earlier_tuning_job": None,
    }
    return plan.model_copy(update=changes)


def _misfits(plan: Plan, carried: CarriedModel) -> Iterator[tuple[str, str]]:
    """Rule and fix of each reason why the model is none that this input can deploy."""
    image, images = without_version(carried.winner.training_image), images_of(plan.tuning_job)
    if image not in images:
        yield (
            f"Its model is of {image}, and this input is for {', '.join(sorted(images))}: it would "
            "be asked in the wrong way.",
            "Give the input, or the model's file, the algorithm that it was tuned with.",
        )
    if carried.content_type != plan.samples.content_type:
        yield (
            f"It takes {carried.content_type}, and this input is for {plan.samples.content_type}.",
            "Give the input, or the model's file, the ContentType that it was tuned with.",
        )


def _beside(run: ExecutionInput) -> Iterator[Fault]:
    if run.dry_run:
        rule = "An import has no verdict at which it could stop."
        yield Fault("DryRun", True, rule, "Leave it out, or say null.")
    if run.rollback:
        name = run.rollback.endpoint_config_name
        rule = "A run deploys one model: the one of Import or an earlier champion."
        yield Fault("Rollback.EndpointConfigName", name, rule, "Leave one of them out.")
