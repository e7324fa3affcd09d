"""A change set that fails ends as CloudFormation ends it: rolled back, with the reason told."""

from __future__ import annotations

import logging
from typing import Any

from moto.cloudformation.models import CloudFormationBackend, Stack

from local_sagemaker.services.cloudformation.told import tell
from local_sagemaker.services.patching import replace

_logger = logging.getLogger(__name__)


def install() -> None:
    execute = CloudFormationBackend.execute_change_set

    def execute_or_roll_back(backend: Any, change_set_name: str, *rest: Any, **named: Any) -> None:
        change_set = backend.describe_change_set(change_set_name)
        stack = backend.stacks[change_set.stack_id]
        try:
            execute(backend, change_set_name, *rest, **named)
        except Exception as fault:
            _logger.exception("Stack %s failed", stack.name)
            change_set.execution_status = "EXECUTE_FAILED"
            _roll_back(stack, change_set.change_set_type, f"{type(fault).__name__}: {fault}")
        else:
            stack._parse_template()
            stack.output_map = stack._create_output_map()

    replace(CloudFormationBackend, "execute_change_set", execute_or_roll_back)


def _roll_back(stack: Stack, kind: str, reason: str) -> None:
    prefix = "" if kind == "CREATE" else "UPDATE_"
    tell(stack, f"{kind}_FAILED", reason)
    tell(stack, f"{prefix}ROLLBACK_IN_PROGRESS", reason)
    try:
        _restore(stack, kind)
    except Exception as fault:
        _logger.exception("The roll-back of stack %s failed", stack.name)
        tell(stack, f"{prefix}ROLLBACK_FAILED", str(fault))
    else:
        tell(stack, f"{prefix}ROLLBACK_COMPLETE", reason)


def _restore(stack: Stack, kind: str) -> None:
    if kind == "CREATE":
        stack.resource_map.delete()
    else:
        stack._parse_template()
        stack.resource_map.update(stack.template_dict, stack.parameters)
