"""What an endpoint that is there means for the run that is to deploy to it."""

from __future__ import annotations

from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.pagination import tags_of
from tuning.checks.endpoint import check_not_of_others
from tuning.endpoint.next_step import Endpoint
from tuning.environment import PlanningEnvironment
from tuning.own_names import is_own_job
from tuning.planning.changed_interface import compare_with_served
from tuning.variables.plan import Plan


def over_what_serves(plan: Plan, endpoint: Endpoint, environment: PlanningEnvironment) -> Plan:
    """The plan, knowing what it is to take the place of.

    Raises InvalidInput when the endpoint is of another deployment, or clients would have to change.
    What runs of this deployment have made is known by its name.
    """
    prefix, config = environment.name_prefix, endpoint.config_name
    if not is_own_job(prefix, config):
        check_not_of_others(plan.endpoint.endpoint_name, tags_of(endpoint.arn), prefix)
    return compare_with_served(plan, endpoint, EndpointFolder.of(plan).interface_of)
