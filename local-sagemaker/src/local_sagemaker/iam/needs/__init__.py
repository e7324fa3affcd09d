"""The permissions that a call needs: its actions, their resources, the condition keys it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from local_sagemaker.iam.need import Need
from local_sagemaker.iam.needs.actions import actions_of
from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.context import context_of
from local_sagemaker.iam.needs.functions import layer_needs
from local_sagemaker.iam.needs.given_names import with_given_names
from local_sagemaker.iam.needs.key_use import key_needs
from local_sagemaker.iam.needs.known import Known, NothingKnown
from local_sagemaker.iam.needs.object_storage import storage_needs
from local_sagemaker.iam.needs.own_resources import OWN_RESOURCES
from local_sagemaker.iam.needs.passed_roles import passed_roles
from local_sagemaker.iam.needs.reference.reference import Action, service_of
from local_sagemaker.iam.needs.resources import resources_of
from local_sagemaker.iam.needs.tags import tagging_needs
from local_sagemaker.iam.needs.web_apis import WEB_API_SERVICES, web_api_need

_NOTHING = NothingKnown()


def needs_of(
    service: str,
    operation: str,
    parameters: Mapping[str, Any],
    region: str,
    account: str,
    known: Known = _NOTHING,
) -> tuple[Need, ...]:
    """The permissions that a call needs, its own action first.

    `service` is botocore's name of it, `operation` and `parameters` are botocore's as well. An
    operation that the Service Authorization Reference does not know yet needs the action of its
    name on everything. `known` answers what depends on the account's resources.
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    call = with_given_names(Call(service, operation, given, region, account))
    if service == "s3":
        return (*storage_needs(call), *key_needs(call, known))
    if service in WEB_API_SERVICES:
        return (web_api_need(call),)
    own = (need for name in actions_of(call) for need in _needs_of_action(call, name, known))
    return (*own, *layer_needs(call), *key_needs(call, known))


def _needs_of_action(call: Call, name: str, known: Known) -> Iterator[Need]:
    action = service_of(call.prefix).action(name)
    if action is None:
        yield Need(f"{call.prefix}:{name}", "*", {})
        return
    resources = _resources(call, action, known)
    context = context_of(call, action, known)
    for resource in resources:
        yield Need(f"{call.prefix}:{action.name}", resource, context)
    yield from passed_roles(call, action, resources[0])
    yield from tagging_needs(call, resources[0])


def _resources(call: Call, action: Action, known: Known) -> tuple[str, ...]:
    own = OWN_RESOURCES.get(call.prefix)
    found = own(call, action, known) if own else ()
    return found or resources_of(call, service_of(call.prefix), action)
