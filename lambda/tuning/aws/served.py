"""What serves at an endpoint, and what has served: all that a rollback asks."""

from __future__ import annotations

from tuning.aws import hosting, tuning_jobs
from tuning.aws.champions import read_champion
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.endpoint.next_step import Endpoint
from tuning.variables.interface import Interface
from tuning.variables.plan import Plan

__all__ = ["describe_endpoint", "hyper_parameters", "interface_of", "read_champion"]


def describe_endpoint(name: str) -> Endpoint | None:
    """None when there is no such endpoint; of its reason nothing is told."""
    return hosting.describe_endpoint(name, ())


def hyper_parameters(training_job_name: str) -> dict[str, str]:
    """Those that a model was trained with."""
    return dict(tuning_jobs.describe_training_job(training_job_name).get("HyperParameters", {}))


def interface_of(plan: Plan, config_name: str) -> Interface | None:
    """What clients send to an endpoint config; None when nobody has recorded it."""
    return EndpointFolder.of(plan).interface_of(config_name)
