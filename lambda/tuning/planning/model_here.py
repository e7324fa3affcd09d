"""What a model of another account becomes in this one: its names, places, image and tags."""

from __future__ import annotations

from preparation.description import FILE_NAME

from tuning.data.s3_location import S3Location
from tuning.planning.earlier_winner import without_version
from tuning.request_types import TuningJobRequest
from tuning.tags import preparation_tags
from tuning.variables.endpoint_plan import EndpointPlan
from tuning.variables.imported_model import ARTEFACT, CarriedModel, ImportedModel
from tuning.variables.interface import Interface
from tuning.variables.plan import Plan
from tuning.variables.table_description import TableDescription
from tuning.visible import on_one_line


def model_here(
    carried: CarriedModel, name: str, job: TuningJobRequest, folder: S3Location
) -> ImportedModel:
    """`name` stands where that of a training job would; `job` knows this region's registries."""
    own = {
        "training_job_name": name,
        "training_image": _image_here(carried, job),
        "model_data_url": f"{folder}{ARTEFACT}",
    }
    return ImportedModel(
        model_package_arn=carried.model_package_arn,
        why=_why(carried),
        artefact_sha256=carried.artefact_sha256,
        winner=carried.winner.model_copy(update=own),
    )


def interface_here(carried: CarriedModel, folder: S3Location) -> Interface | None:
    """How clients ask it, with the encoding of raw rows that was brought along."""
    interface = carried.interface
    if interface is None or interface.encoding is None:
        return interface
    encoding = interface.encoding.model_copy(update={"description": f"{folder}{FILE_NAME}"})
    return interface.model_copy(update={"encoding": encoding})


def description_here(
    plan: Plan, carried: CarriedModel, folder: S3Location
) -> TableDescription | None:
    """Where the description of its table lies, and where the run keeps it."""
    if carried.interface is None or carried.interface.encoding is None:
        return None
    kept = str(plan.report.file(FILE_NAME))
    return TableDescription(source=f"{folder}{FILE_NAME}", kept=kept)


def tagged(endpoint: EndpointPlan, described: TableDescription | None) -> EndpointPlan:
    """Clients find by its tags how raw rows are encoded."""
    of_table = preparation_tags(described.kept) if described else []
    config = endpoint.config.model_copy(update={"tags": (*endpoint.config.tags, *of_table)})
    return endpoint.model_copy(update={"config": config})


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


def _why(carried: CarriedModel) -> str:
    said = f": {carried.approval_description}" if carried.approval_description else "."
    return on_one_line(f"It was tuned and approved as {carried.model_package_arn}{said}")
