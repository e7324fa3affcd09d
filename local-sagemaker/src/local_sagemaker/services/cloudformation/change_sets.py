"""Change sets are named per stack; moto would take any stack's change set of that name."""

from __future__ import annotations

from typing import Any

from moto.cloudformation.exceptions import CloudFormationError
from moto.cloudformation.models import ChangeSet
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult, EmptyResult

from local_sagemaker.services.patching import replace


class ChangeSetNotFound(CloudFormationError):
    """AWS's error, by its name on the wire."""

    code = "ChangeSetNotFound"


def install() -> None:
    replace(CloudFormationResponse, "describe_change_set", _describe)
    replace(CloudFormationResponse, "delete_change_set", _delete)
    replace(CloudFormationResponse, "execute_change_set", _execute)


def _describe(request: Any) -> ActionResult:
    return ActionResult(_asked(request))


def _execute(request: Any) -> ActionResult:
    request.cloudformation_backend.execute_change_set(_asked(request).change_set_id)
    return EmptyResult()


def _delete(request: Any) -> ActionResult:
    """To delete what is not there succeeds, as on AWS."""
    change_set = _find(request)
    if change_set is not None:
        del request.cloudformation_backend.change_sets[change_set.change_set_id]
    return EmptyResult()


def _asked(request: Any) -> ChangeSet:
    change_set = _find(request)
    if change_set is None:
        raise ChangeSetNotFound(f"ChangeSet [{request._get_param('ChangeSetName')}] does not exist")
    return change_set


def _find(request: Any) -> ChangeSet | None:
    name, stack = request._get_param("ChangeSetName"), request._get_param("StackName")
    change_sets = request.cloudformation_backend.change_sets
    if name in change_sets:
        return change_sets[name]
    named = [
        change_set
        for change_set in change_sets.values()
        if change_set.change_set_name == name
        and stack in (change_set.stack_name, change_set.stack_id)
    ]
    return named[-1] if named else None
