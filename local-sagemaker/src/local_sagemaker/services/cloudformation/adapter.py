"""Puts our stacks and change sets under moto's CloudFormation."""

from __future__ import annotations

from typing import Any, NoReturn

from moto.cloudformation.responses import CloudFormationResponse

from local_sagemaker.services.cloudformation.operations import (
    change_sets,
    descriptions,
    resources,
    stacks,
    templates,
)
from local_sagemaker.services.patching import replace

_OPERATIONS = {
    change_sets: (
        "create_change_set",
        "delete_change_set",
        "describe_change_set",
        "execute_change_set",
        "list_change_sets",
    ),
    descriptions: (
        "describe_stack_events",
        "describe_stacks",
        "get_stack_policy",
        "list_exports",
        "list_imports",
        "list_stacks",
        "set_stack_policy",
    ),
    resources: ("describe_stack_resource", "describe_stack_resources", "list_stack_resources"),
    stacks: ("create_stack", "delete_stack", "update_stack", "update_termination_protection"),
    templates: ("get_template", "get_template_summary", "validate_template"),
}
_OF_STACK_SETS = ("create_stack_instances", "update_stack_instances", "update_stack_set")


def install() -> None:
    for module, names in _OPERATIONS.items():
        for name in names:
            replace(CloudFormationResponse, name, getattr(module, name))
    for name in _OF_STACK_SETS:
        replace(CloudFormationResponse, name, _refuse_instances)
    replace(CloudFormationResponse, "RESPONSE_KEY_PATH_TO_TRANSFORMER", _transformers())


def _transformers() -> dict[str, Any]:
    """Those of stack sets; stacks and change sets are written as they are."""
    by_moto = CloudFormationResponse.RESPONSE_KEY_PATH_TO_TRANSFORMER
    return {path: change for path, change in by_moto.items() if "StackSet" in path}


def _refuse_instances(request: Any) -> NoReturn:
    raise NotImplementedError("stacks of stack sets")
