"""The plan of a run that brings an earlier champion back, instead of tuning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from preparation.description import FILE_NAME

from tuning.data.channel_data import DataReader, find_sample
from tuning.data.s3_location import S3Location
from tuning.endpoint.kept_champion import KeptChampion
from tuning.endpoint.next_step import Endpoint
from tuning.environment import PlanningEnvironment
from tuning.errors import Fault, InvalidInput
from tuning.execution_input.channel import Channel
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.requirements import Requirements
from tuning.names import Execution, is_imported
from tuning.planning.earlier_winner import images_of, without_version
from tuning.planning.plan import checked
from tuning.planning.planner import Planner
from tuning.planning.preparation import channels_in
from tuning.planning.warm_start import WarmStart
from tuning.prices.price_list import Ask, nobody
from tuning.variables.imported_model import ARTEFACT, ROWS
from tuning.variables.interface import Interface
from tuning.variables.last_run import Fingerprint, LastRun
from tuning.variables.plan import Plan
from tuning.variables.rollback import ROLLED_BACK, Rollback

FIELD = "Rollback.EndpointConfigName"
_LIST = "`retune rollback MODEL --list` shows those that can be brought back."


class Hosting(Protocol):
    """What serves and what has served; the module tuning.aws.served is one."""

    def describe_endpoint(self, name: str) -> Endpoint | None: ...

    def read_champion(self, config_name: str) -> KeptChampion | None: ...

    def hyper_parameters(self, champion: KeptChampion) -> dict[str, str]: ...

    def interface_of(self, plan: Plan, config_name: str) -> Interface | None: ...


def plan_rollback(
    document: Mapping[str, Any],
    environment: PlanningEnvironment,
    execution: Execution,
    data: DataReader,
    hosting: Hosting,
    ask: Ask = nobody,
) -> Plan:
    """The plan of an input with Rollback. Data are looked at for the rows that verify it alone.

    Raises:
        InvalidInput: with every fault of the document, or why that champion cannot come back.
        MissingData: when the channel whose rows it is asked about has none.
    """
    run = checked(document, environment, execution, ask)
    planner = Planner(run, environment, execution, ask=ask)
    later = S3Location(environment.bucket, "")  # where it is known which champion it is
    assert run.rollback is not None, "the input asks for it"
    came_with_rows = is_imported(run.rollback.endpoint_config_name)
    known_later = run.prepare or came_with_rows
    sample = later if known_later else find_sample(run, planner.channels, data)
    plan = planner.plan(sample, WarmStart(), [], Fingerprint(settings=""), None)
    rollback = _rollback(run, plan, environment, data, hosting)
    interface = hosting.interface_of(plan, rollback.training_job_name)
    if came_with_rows:
        sample = _rows_beside(hosting.read_champion(rollback.training_job_name))
    elif run.prepare:
        sample = find_sample(run, _channels_of(rollback, interface), data)
    changes = {
        "rollback": rollback,
        "interface": interface,
        "samples": plan.samples.model_copy(update={"bucket": sample.bucket, "key": sample.key}),
        "retrain": None,  # the model's file may ask for it
        "earlier_tuning_job": None,
    }
    return plan.model_copy(update=changes)


def _rows_beside(champion: KeptChampion | None) -> S3Location:
    """Those of a model of another account: this one may have no data."""
    assert champion is not None, "it was looked at"
    artefact = S3Location.of(champion.model_data_url)
    return S3Location(artefact.bucket, artefact.key.removesuffix(ARTEFACT) + ROWS)


def _channels_of(rollback: Rollback, interface: Interface | None) -> dict[str, Channel]:
    """Those that Prepare made for a champion: only they are encoded as it learned them."""
    if interface is None or interface.encoding is None:
        name = rollback.training_job_name
        rule = "It is not recorded which channels Prepare made for this champion."
        fix = "Give Channels whose rows it understands, beside Rollback."
        raise InvalidInput([Fault(FIELD, name, rule, fix)])
    return channels_in(interface.encoding.description.removesuffix(FILE_NAME))


def is_asked(document: Any) -> bool:
    """Whether an execution's input asks for a rollback, rightly or not; no model's file can."""
    return isinstance(document, Mapping) and document.get("Rollback") is not None


def needs_a_person(plan: Plan, last: LastRun | None) -> Plan:
    """A person has taken back what data and settings led to: the same deploy nothing unasked."""
    if last is None or last.outcome != ROLLED_BACK or plan.fingerprint != last.fingerprint:
        return plan
    warning = (
        f"Approval = 'Manual': The execution {last.execution_id} has rolled back what these data "
        "and settings led to, and neither has changed. A person must approve a model of the same."
    )
    return plan.model_copy(update={"approval": "Manual", "warnings": (*plan.warnings, warning)})


def _rollback(
    run: ExecutionInput,
    plan: Plan,
    environment: PlanningEnvironment,
    data: DataReader,
    hosting: Hosting,
) -> Rollback:
    assert run.rollback is not None, "the input asks for it"
    name, endpoint_name = run.rollback.endpoint_config_name, plan.endpoint.endpoint_name
    endpoint, champion = hosting.describe_endpoint(endpoint_name), hosting.read_champion(name)
    rules = _misfits(plan, environment, endpoint, champion, data, hosting)
    faults = [Fault(FIELD, name, rule, fix) for rule, fix in rules]
    if run.dry_run:
        rule = "A rollback has no verdict at which it could stop."
        faults.append(Fault("DryRun", True, rule, "Leave it out, or say null."))
    if faults:
        raise InvalidInput(faults)
    assert endpoint is not None
    assert champion is not None
    parameters = hosting.hyper_parameters(champion)
    return Rollback(
        training_job_name=name, hyper_parameters=parameters, replaced=endpoint.config_name
    )


def _misfits(
    plan: Plan,
    environment: PlanningEnvironment,
    endpoint: Endpoint | None,
    champion: KeptChampion | None,
    data: DataReader,
    hosting: Hosting,
) -> Iterator[tuple[str, str]]:
    """Rule and fix of each reason why the endpoint cannot go back to this champion."""
    name = plan.endpoint.endpoint_name
    if endpoint is None:
        yield f"There is no endpoint {name} that could go back.", "Start a run: it creates one."
    if champion is None:
        yield "There is no such endpoint configuration (any more).", _LIST
        return
    if not champion.was_deployed_to(environment.name_prefix, name):
        yield f"No run has made it for the endpoint {name}.", _LIST
        return
    if endpoint and endpoint.config_name == champion.name:
        yield f"The endpoint {name} serves it already.", f"Name another one. {_LIST}"
    if not champion.has_model:
        yield "Its model was deleted.", f"Name another one. {_LIST}"
        return
    image, images = without_version(champion.image), images_of(plan.tuning_job)
    if image not in images:
        yield (
            f"Its model is of {image}, and this input is for {', '.join(sorted(images))}: it would "
            "be asked in the wrong way.",
            "Give the input, or the model's file, the algorithm that it had then.",
        )
    lacking = champion.protection.lacks(Requirements.model_validate(environment.required))
    if settings := ", ".join(lacking):
        yield (
            f"It was made before this deployment asked for what it asks of every run now, and does "
            f"not keep to {settings}.",
            f"Name a later one, or start a run. {_LIST}",
        )
    artefact = S3Location.of(champion.model_data_url)
    if not data.list_objects(artefact):
        yield f"The artefact of its model, {artefact}, was deleted.", f"Name another one. {_LIST}"
    serving = hosting.read_champion(endpoint.config_name) if endpoint else None
    if champion.serverless and serving and not serving.serverless:
        yield (
            f"It is serverless, and the endpoint {name} has instances: SageMaker does not turn one "
            "into the other.",
            f"Name another one. {_LIST}",
        )
