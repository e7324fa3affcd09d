"""What an endpoint that is there means for the run that is to deploy to it."""

from __future__ import annotations

from tuning.aws.champions import read_champion
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.pagination import tags_of
from tuning.checks.endpoint import check_not_of_others
from tuning.endpoint.hosting_protection import HostingProtection
from tuning.endpoint.next_step import Endpoint
from tuning.environment import PlanningEnvironment
from tuning.execution_input.requirements import NOTHING_REQUIRED, Requirements
from tuning.own_names import is_own_job, is_own_name
from tuning.planning.changed_interface import compare_with_served
from tuning.tags import PREFIX_TAG
from tuning.variables.plan import Plan, WeakChampion


def over_what_serves(plan: Plan, endpoint: Endpoint, environment: PlanningEnvironment) -> Plan:
    """The plan, knowing what it is to take the place of.

    Raises InvalidInput when the endpoint is of another deployment, or clients would have to change.
    What runs of this deployment have made is known by its name.
    """
    prefix, config = environment.name_prefix, endpoint.config_name
    if not is_own_job(prefix, config):
        check_not_of_others(plan.endpoint.endpoint_name, tags_of(endpoint.arn), prefix)
    weak = _weak_champion(config, environment)
    plan = plan.model_copy(update={"weak_champion": weak})
    return compare_with_served(plan, endpoint, EndpointFolder.of(plan).interface_of)


def _weak_champion(config_name: str, environment: PlanningEnvironment) -> WeakChampion | None:
    """None when it keeps to all settings, and of a config that no run has made."""
    required = Requirements.model_validate(environment.required)
    if required == NOTHING_REQUIRED:
        return None
    protection = _protection_of(config_name, environment.name_prefix)
    settings = tuple(protection.lacks(required)) if protection else ()
    if not settings:
        return None
    return WeakChampion(endpoint_config_name=config_name, settings=settings)


def _protection_of(config_name: str, prefix: str) -> HostingProtection | None:
    if not is_own_name(prefix, config_name):  # no role of this deployment may read its tags
        return None
    champion = read_champion(config_name)
    return champion.protection if champion and champion.tags.get(PREFIX_TAG) == prefix else None
