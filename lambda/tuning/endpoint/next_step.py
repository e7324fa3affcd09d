"""What is due to bring an endpoint to a config: to create it, to update it, to wait, or nothing.

The endpoint is looked at and never remembered: an answer that was lost is found by the next look,
and so is what other people have done meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tuning.errors import (
    EndpointDeleted,
    EndpointFailed,
    EndpointRolledBack,
    EndpointSuperseded,
)
from tuning.quoted import repeatable

IN_SERVICE = "InService"
# EndpointStatus of DescribeEndpoint: there, an endpoint takes no update.
_BROKEN = ("Failed", "OutOfService", "UpdateRollbackFailed")


class Step(StrEnum):
    """What DeployEndpoint has to do next."""

    CREATE = "Create"
    UPDATE = "Update"
    WAIT = "Wait"
    NONE = "None"  # the endpoint serves the config


@dataclass(frozen=True)
class Endpoint:
    """An endpoint as DescribeEndpoint shows it.

    `pending_config_name` is the config that a running update leads to, empty without one.
    """

    status: str
    config_name: str
    reason: str = ""  # FailureReason
    pending_config_name: str = ""
    arn: str = ""

    @classmethod
    def parse(cls, answer: Mapping[str, Any], secrets: Iterable[str]) -> Endpoint:
        """Its reason is told without rows and the `secrets` of the run."""
        return cls(
            answer["EndpointStatus"],
            answer["EndpointConfigName"],
            repeatable(answer.get("FailureReason"), secrets) or "",
            answer.get("PendingDeploymentSummary", {}).get("EndpointConfigName", ""),
            answer["EndpointArn"],
        )

    @property
    def is_changing(self) -> bool:
        """Whether it takes no request before it has settled."""
        return self.status not in (IN_SERVICE, *_BROKEN)

    def is_for(self, config: str) -> bool:
        """Whether it serves the config, or was asked to."""
        return config in (self.config_name, self.pending_config_name)


def first_step(endpoint: Endpoint | None, champion: str | None, *, on_trial: bool = False) -> Step:
    """What is due while the endpoint was not asked to serve the config.

    `champion` is the config that the candidate was compared with, empty when none served; None
    when nothing was compared. What is `on_trial` is not replaced: if it fails, its execution brings
    back what served before, and this one would have to bring back what has failed.

    Raises EndpointFailed, EndpointDeleted when `champion` served and there is no endpoint by now,
    and EndpointSuperseded when something else serves: the verdict says nothing about that.
    """
    if endpoint is None and champion:
        raise EndpointDeleted(
            f"There is no endpoint any more. It served {champion} when the candidate was compared."
        )
    if endpoint is None:
        return Step.CREATE
    _check_not_broken(endpoint)
    if endpoint.is_changing or on_trial:
        return Step.WAIT
    if champion is not None and endpoint.config_name != champion:
        raise EndpointSuperseded(
            f"The endpoint serves {endpoint.config_name} by now, with which the candidate was not "
            "compared."
        )
    return Step.UPDATE


def following_step(endpoint: Endpoint | None, config: str, previous: str) -> Step:
    """What is due after the endpoint was asked to serve `config` in the place of `previous`.

    InService alone is not enough: after an update that failed, SageMaker is InService on the old
    config. Raises EndpointDeleted, EndpointFailed, EndpointRolledBack or EndpointSuperseded.
    """
    if endpoint is None:
        raise EndpointDeleted("There is no endpoint any more.")
    _check_not_broken(endpoint)
    if endpoint.is_changing:
        return Step.WAIT
    if endpoint.config_name == config:
        return Step.NONE
    if endpoint.config_name == previous:
        raise EndpointRolledBack(f"The endpoint still serves {previous}. {_why(endpoint)}")
    raise EndpointSuperseded(
        f"The endpoint serves {endpoint.config_name}, which neither served before nor is of this "
        "execution."
    )


def _why(endpoint: Endpoint) -> str:
    return endpoint.reason or "SageMaker gave no reason."


def _check_not_broken(endpoint: Endpoint) -> None:
    if endpoint.status in _BROKEN:
        raise EndpointFailed(f"The endpoint is {endpoint.status}. {_why(endpoint)}")
