"""What Ref, Fn::GetAtt and conditions of one template mean in one stack."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.utilities.utils import get_partition

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.cloudformation.conditions import holds
from local_sagemaker.services.cloudformation.errors import template_error
from local_sagemaker.services.cloudformation.functions import NO_VALUE
from local_sagemaker.services.cloudformation.stack import Member, Request, Stack


class StackNames:
    """The names of a request; resources are those that the stack has by now."""

    def __init__(self, stack: Stack, request: Request, exports: Callable[[str], str]) -> None:
        self.region = stack.region
        self.mappings: dict[str, Any] = request.template.get("Mappings", {})
        self._stack = stack
        self._values = request.parameters.values
        self._conditions: dict[str, Any] = request.template.get("Conditions", {})
        self._truths: dict[str, bool] = {}
        self._exports = exports
        self._pseudo = {
            "AWS::AccountId": ACCOUNT,
            "AWS::NoValue": NO_VALUE,
            "AWS::NotificationARNs": request.notification_arns,
            "AWS::Partition": get_partition(stack.region),
            "AWS::Region": stack.region,
            "AWS::StackId": stack.stack_id,
            "AWS::StackName": stack.name,
            "AWS::URLSuffix": "amazonaws.com.cn"
            if stack.region.startswith("cn-")
            else "amazonaws.com",
        }

    def ref(self, name: str) -> Any:
        if name in self._pseudo:
            return self._pseudo[name]
        if name in self._values:
            return self._values[name]
        return self.member(name).physical_id

    def attribute(self, logical_id: str, attribute: str) -> Any:
        resource = self.member(logical_id).resource
        assert resource is not None
        return resource.attribute(attribute)

    def member(self, logical_id: str) -> Member:
        member = self._stack.members.get(logical_id)
        if member is None or member.resource is None:
            raise template_error(
                f"Unresolved resource dependencies [{logical_id}] in the Resources block of the "
                "template"
            )
        return member

    def is_true(self, condition: str) -> bool:
        if condition not in self._truths:
            if condition not in self._conditions:
                raise template_error(f"unresolved condition dependency {condition}")
            self._truths[condition] = holds(self._conditions[condition], self)
        return self._truths[condition]

    def exists(self, definition: dict[str, Any]) -> bool:
        """Whether a resource or output is there by its condition."""
        return "Condition" not in definition or self.is_true(definition["Condition"])

    def imported(self, export: str) -> str:
        return self._exports(export)
