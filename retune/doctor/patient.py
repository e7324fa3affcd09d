"""What is examined: an account and region, the settings, and the stack that is deployed there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from configuration.settings import Settings
from retune.aws import Aws
from retune.deployment.deployed_template import Template, deployed_template
from retune.stack import Stack, describe_stack, find_stack


@dataclass(frozen=True)
class Patient:
    """Asks AWS for each thing once, when a check first needs it.

    `context` are the keys with which the CDK app would be synthesized.
    """

    settings: Settings
    context: Mapping[str, str]

    @cached_property
    def aws(self) -> Aws:
        """Raises BotoCoreError for a profile that there is not."""
        return Aws(self.settings.region)

    @property
    def stack_name(self) -> str:
        return self.settings.name_prefix

    @cached_property
    def status(self) -> str | None:
        """Of the stack; None where there is none."""
        described = describe_stack(self.aws, self.stack_name)
        return str(described["StackStatus"]) if described else None

    @cached_property
    def stack(self) -> Stack:
        """Raises UnavailableError where none is complete."""
        return find_stack(self.aws, self.stack_name)

    @cached_property
    def template(self) -> Template:
        return deployed_template(self.aws, self.stack_name)

    @cached_property
    def physical_ids(self) -> dict[str, tuple[str, str]]:
        """Type and name of each resource of the stack, by its logical id."""
        pages = self.aws.client("cloudformation").get_paginator("list_stack_resources")
        found: list[dict[str, Any]] = [
            each
            for page in pages.paginate(StackName=self.stack_name)
            for each in page["StackResourceSummaries"]
        ]
        return {
            each["LogicalResourceId"]: (each["ResourceType"], each.get("PhysicalResourceId", ""))
            for each in found
        }

    @cached_property
    def plan_variables(self) -> dict[str, str]:
        """What the stack tells PlanTuning."""
        described = self.aws.client("lambda").get_function_configuration(
            FunctionName=f"{self.stack_name}-PlanTuning"
        )
        return dict(described["Environment"]["Variables"])
