"""The champions of an endpoint that are kept, with what the Model Registry knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuning.aws.champions import kept_champions
from tuning.aws.model_packages import packages_of
from tuning.aws.served import describe_endpoint
from tuning.execution_input.suggest import did_you_mean
from tuning.registry.model_package import TRAINING_JOB
from tuning.registry.registered_score import registered_score

from retune.endpoints.missing import missing_endpoint
from retune.errors import InputError, UnavailableError
from retune.stack import Stack


@dataclass(frozen=True)
class Champion:
    """A model that serves, or has served; endpoint config and model share its name."""

    name: str
    created: datetime
    serves: bool
    metric_name: str | None = None
    score: float | None = None
    approval_status: str | None = None  # None without a model package

    def as_document(self) -> dict[str, Any]:
        """For programs."""
        return {
            "EndpointConfigName": self.name,
            "CreationTime": self.created.isoformat(),
            "Serves": self.serves,
            "MetricName": self.metric_name,
            "Score": self.score,
            "ModelApprovalStatus": self.approval_status,
        }


def champions_of(stack: Stack, endpoint_name: str) -> list[Champion]:
    """Newest first; a call for each model package of the app, and three for each config."""
    endpoint = describe_endpoint(endpoint_name)
    if endpoint is None:
        raise missing_endpoint(endpoint_name)
    packages = {
        package.get("CustomerMetadataProperties", {}).get(TRAINING_JOB): package
        for package in packages_of(stack.name_prefix)
    }
    found = []
    for kept in kept_champions(stack.name_prefix, endpoint_name):
        package = packages.get(kept.name, {})
        metric_name, score = registered_score(package)
        serves = kept.name == endpoint.config_name
        status = package.get("ModelApprovalStatus")
        found.append(Champion(kept.name, kept.created, serves, metric_name, score, status))
    return found


def named(champions: list[Champion], name: str, endpoint_name: str) -> Champion:
    """InputError unless it is one of these."""
    found = next((each for each in champions if each.name == name), None)
    if found is None:
        known = [each.name for each in champions]
        advice = did_you_mean(name, known) if known else "None is kept."
        raise InputError(
            f"--to {name!r} is no champion of the endpoint {endpoint_name}. {advice} --list shows "
            "them."
        )
    return found


def one_before(champions: list[Champion], endpoint_name: str) -> Champion:
    """The newest that is older than what serves.

    Raises:
        UnavailableError: what serves is not of Retune, or nothing earlier is kept.
    """
    serving = next((each for each in champions if each.serves), None)
    if serving is None:
        raise UnavailableError(
            f"What serves at {endpoint_name} was not deployed by a run, so that none is the one "
            "before it. Name a champion with --to; --list shows them."
        )
    earlier = [each for each in champions if each.created < serving.created]
    if not earlier:
        raise UnavailableError(
            f"No champion before {serving.name} is kept for the endpoint {endpoint_name}. "
            "`Retention.KeepModels` says how many are; --list shows them."
        )
    return max(earlier, key=lambda each: each.created)
