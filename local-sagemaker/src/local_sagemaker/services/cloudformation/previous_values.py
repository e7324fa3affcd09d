"""Parameters that a change set takes over from the stack (UsePreviousValue)."""

from __future__ import annotations

from typing import Any

from moto.cloudformation.models import Stack

from local_sagemaker.services.patching import replace


def install() -> None:
    """moto hands over what an SSM parameter held, and then looks that up as a name."""
    resolved = Stack.stack_parameters.fget

    def stack_parameters(stack: Any) -> dict[str, Any]:
        declared = stack.template_dict.get("Parameters", {})
        names = {
            name: stack.parameters.get(name, parameter.get("Default"))
            for name, parameter in declared.items()
            if parameter["Type"].startswith("AWS::SSM::Parameter::")
        }
        return resolved(stack) | names

    replace(Stack, "stack_parameters", property(stack_parameters))
