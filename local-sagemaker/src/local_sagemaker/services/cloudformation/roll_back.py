"""What fails of a stack ends as CloudFormation ends it: rolled back, with the reason told.

moto hands what failed to the caller, and the stack goes on being created or updated for ever.
"""

from __future__ import annotations

import logging
from typing import Any

from moto.cloudformation.models import CloudFormationBackend, Stack

from local_sagemaker.services.cloudformation.template_check import check_template
from local_sagemaker.services.cloudformation.told import tell
from local_sagemaker.services.patching import replace

_logger = logging.getLogger(__name__)


def install() -> None:
    create, update = Stack.create_resources, Stack.update
    execute = CloudFormationBackend.execute_change_set

    def create_or_roll_back(stack: Any) -> None:
        try:
            create(stack)
        except Exception as fault:
            _roll_back(stack, "CREATE", fault)

    def update_or_roll_back(stack: Any, template: str, *rest: Any, **named: Any) -> None:
        check_template(stack.parse_template(template))
        before = stack.template
        try:
            update(stack, template, *rest, **named)
        except Exception as fault:
            stack.template = before
            _roll_back(stack, "UPDATE", fault)

    def execute_or_roll_back(backend: Any, change_set_name: str, *rest: Any, **named: Any) -> None:
        change_set = backend.describe_change_set(change_set_name)
        stack = backend.stacks[change_set.stack_id]
        try:
            execute(backend, change_set_name, *rest, **named)
        except Exception as fault:
            change_set.execution_status = "EXECUTE_FAILED"
            _roll_back(stack, change_set.change_set_type, fault)
        else:
            stack._parse_template()
            stack.output_map = stack._create_output_map()

    replace(Stack, "create_resources", create_or_roll_back)
    replace(Stack, "update", update_or_roll_back)
    replace(CloudFormationBackend, "execute_change_set", execute_or_roll_back)


def _roll_back(stack: Stack, kind: str, fault: Exception) -> None:
    _logger.error("Stack %s failed", stack.name, exc_info=fault)
    prefix, reason = "" if kind == "CREATE" else "UPDATE_", f"{type(fault).__name__}: {fault}"
    tell(stack, f"{kind}_FAILED", reason)
    tell(stack, f"{prefix}ROLLBACK_IN_PROGRESS", reason)
    try:
        _restore(stack, kind)
    except Exception as stuck:
        _logger.exception("The roll-back of stack %s failed", stack.name)
        tell(stack, f"{prefix}ROLLBACK_FAILED", str(stuck))
    else:
        tell(stack, f"{prefix}ROLLBACK_COMPLETE", reason)


def _restore(stack: Stack, kind: str) -> None:
    if kind == "CREATE":
        stack.resource_map.delete()
    else:
        stack._parse_template()
        stack.resource_map.update(stack.template_dict, stack.parameters)
