"""The plan of a run that deploys a model of another account, instead of tuning."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from preparation.description import FILE_NAME

from tuning.data.s3_location import S3Location
from tuning.environment import PlanningEnvironment
from tuning.errors import Fault, InvalidInput, MissingData
from tuning.execution_input.execution_input import ExecutionInput
from tuning.names import Execution, import_folder
from tuning.planning.earlier_winner import images_of, without_version
from tuning.planning.plan import checked
from tuning.planning.planner import Planner
from tuning.planning.warm_start import WarmStart
from tuning.prices.price_list import Ask, nobody
from tuning.request_types import TuningJobRequest
from tuning.tags import preparation_tags
from tuning.variables.endpoint_plan import EndpointPlan
from tuning.variables.imported_model import (
    ARTEFACT,
    PACKAGE,
    ROWS,
    CarriedModel,
    ImportedModel,
)
from tuning.variables.interface import Interface
from tuning.variables.last_run import Fingerprint
from tuning.variables.plan import Plan
from tuning.variables.table_description import TableDescription
from tuning.visible import on_one_line

FIELD = "Import.S3Uri"
_BRING = "Bring it with: retune import FILE."
_BROUGHT = re.compile(import_folder("[^/]+"))


_PART_BYTES = 1024 * 1024


class FileReader(Protocol):
    """Reads S3; the module tuning.aws.objects is one."""

    def read_text(self, location: S3Location) -> str: ...

    def open_object(self, location: S3Location) -> Any: ...


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
    _check_place(folder, environment.bucket)
    carried = _read(folder, files)
    planner = Planner(run, environment, execution, ask=ask)
    rows = S3Location(folder.bucket, folder.key + ROWS)
    plan = planner.plan(rows, WarmStart(), [], Fingerprint(settings=""), carried.interface)
    faults = [Fault(FIELD, str(folder), *each) for each in _misfits(plan, carried)]
    faults += _beside(run)
    if faults:
        raise InvalidInput(faults)
    described = _description_here(plan, carried, folder)
    name = execution.imported_model_name(environment.name_prefix)
    changes = {
        "imported": _model_here(carried, name, _image_here(carried, plan.tuning_job), folder),
        "interface": _interface_here(carried, folder),
        "table_description": described,
        "endpoint": _tagged(plan.endpoint, described),
        "retrain": None,  # the model's file may ask for it
        "preparation": None,
        "earlier_tuning_job": None,
    }
    return plan.model_copy(update=changes)


def check_artefact(plan: Plan, files: FileReader) -> None:
    """Reads it once, in parts. Raises InvalidInput when it is not the one that was approved."""
    assert plan.imported is not None, "a plan of plan_import"
    place = S3Location.of(plan.imported.winner.model_data_url)
    digest, body = hashlib.sha256(), files.open_object(place)
    while part := body.read(_PART_BYTES):
        digest.update(part)
    if digest.hexdigest() != plan.imported.artefact_sha256:
        rule = (
            f"{ARTEFACT} is not the one that was approved: its SHA-256 is {digest.hexdigest()}, "
            f"and {PACKAGE} says {plan.imported.artefact_sha256}."
        )
        folder = str(place).removesuffix(ARTEFACT)
        raise InvalidInput([Fault(FIELD, folder, rule, f"Find out who has written it. {_BRING}")])


def _check_place(folder: S3Location, bucket: str) -> None:
    """What a container has written must not pass for a model that a person has approved."""
    if folder.bucket != bucket or not _BROUGHT.fullmatch(folder.key):
        rule = f"A model is brought to s3://{bucket}/{import_folder('<execution>')} alone."
        raise InvalidInput([Fault(FIELD, str(folder), rule, _BRING)])


def _read(folder: S3Location, files: FileReader) -> CarriedModel:
    place = S3Location(folder.bucket, folder.key + PACKAGE)
    try:
        return CarriedModel.model_validate_json(files.read_text(place))
    except MissingData as error:
        rule = f"There is no {PACKAGE} that can be read: {error}"
        raise InvalidInput([Fault(FIELD, str(folder), rule, _BRING)]) from error
    except ValueError as error:
        rule = f"{PACKAGE} is not what `retune package` writes."
        raise InvalidInput([Fault(FIELD, str(folder), rule, _BRING)]) from error


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


def _why(carried: CarriedModel) -> str:
    said = f": {carried.approval_description}" if carried.approval_description else "."
    return on_one_line(f"It was tuned and approved as {carried.model_package_arn}{said}")


def _model_here(carried: CarriedModel, name: str, image: str, folder: S3Location) -> ImportedModel:
    own = {
        "training_job_name": name,
        "training_image": image,
        "model_data_url": f"{folder}{ARTEFACT}",
    }
    winner = carried.winner.model_copy(update=own)
    arn = carried.model_package_arn
    digest = carried.artefact_sha256
    return ImportedModel(
        model_package_arn=arn, why=_why(carried), artefact_sha256=digest, winner=winner
    )


def _image_here(carried: CarriedModel, job: TuningJobRequest) -> str:
    """The version that was tuned, from the registry of this region, or of this account."""
    tuned = carried.winner.training_image
    several = job.get("TrainingJobDefinitions")
    definitions = several if several else [job["TrainingJobDefinition"]]
    images = [each["AlgorithmSpecification"].get("TrainingImage", "") for each in definitions]
    registry = next(
        image.rpartition("/")[0]
        for image in images
        if without_version(image) == without_version(tuned)
    )
    return f"{registry}/{tuned.rpartition('/')[2]}"


def _interface_here(carried: CarriedModel, folder: S3Location) -> Interface | None:
    interface = carried.interface
    if interface is None or interface.encoding is None:
        return interface
    encoding = interface.encoding.model_copy(update={"description": f"{folder}{FILE_NAME}"})
    return interface.model_copy(update={"encoding": encoding})


def _tagged(endpoint: EndpointPlan, described: TableDescription | None) -> EndpointPlan:
    """Clients find by its tags how raw rows are encoded."""
    of_table = preparation_tags(described.kept) if described else []
    config = endpoint.config.model_copy(update={"tags": (*endpoint.config.tags, *of_table)})
    return endpoint.model_copy(update={"config": config})


def _description_here(
    plan: Plan, carried: CarriedModel, folder: S3Location
) -> TableDescription | None:
    if carried.interface is None or carried.interface.encoding is None:
        return None
    kept = str(plan.report.file(FILE_NAME))
    return TableDescription(source=f"{folder}{FILE_NAME}", kept=kept)
