"""What serves at an endpoint, and what has served: all that a rollback asks."""

from __future__ import annotations

from tuning.aws import hosting, objects, tuning_jobs
from tuning.aws.champions import read_champion
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.data.s3_location import S3Location
from tuning.endpoint.kept_champion import KeptChampion
from tuning.endpoint.next_step import Endpoint
from tuning.names import is_imported
from tuning.variables.imported_model import ARTEFACT, PACKAGE, CarriedModel
from tuning.variables.interface import Interface
from tuning.variables.plan import Plan

__all__ = ["describe_endpoint", "hyper_parameters", "interface_of", "read_champion"]


def describe_endpoint(name: str) -> Endpoint | None:
    """None when there is no such endpoint; of its reason nothing is told."""
    return hosting.describe_endpoint(name, ())


def hyper_parameters(champion: KeptChampion) -> dict[str, str]:
    """Those that a model was trained with, in this account or in the one that it came from."""
    if is_imported(champion.name):
        artefact = S3Location.of(champion.model_data_url)
        package = S3Location(artefact.bucket, artefact.key.removesuffix(ARTEFACT) + PACKAGE)
        carried = CarriedModel.model_validate_json(objects.read_text(package))
        return carried.winner.hyper_parameters
    return dict(tuning_jobs.describe_training_job(champion.name).get("HyperParameters", {}))


def interface_of(plan: Plan, config_name: str) -> Interface | None:
    """What clients send to an endpoint config; None when nobody has recorded it."""
    return EndpointFolder.of(plan).interface_of(config_name)
